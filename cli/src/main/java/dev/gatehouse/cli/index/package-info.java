/** The index that commands ask which have no server of their own. */
@NullMarked
package dev.gatehouse.cli.index;

import org.jspecify.annotations.NullMarked;
