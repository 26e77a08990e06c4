/** {@code gatehouse compare}: an artifact against its source. */
@NullMarked
package dev.gatehouse.cli.compare;

import org.jspecify.annotations.NullMarked;
