/** Shows how archives of strangers are read. */
@NullMarked
package dev.gatehouse.inspection.archive;

import org.jspecify.annotations.NullMarked;
