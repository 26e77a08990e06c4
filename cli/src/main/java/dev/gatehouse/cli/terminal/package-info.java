/** What the commands that draw and colour know of the terminal. */
@NullMarked
package dev.gatehouse.cli.terminal;

import org.jspecify.annotations.NullMarked;
