/** The text of a requirement or lock file, the places in it, and how it is refused. */
@NullMarked
package dev.gatehouse.pins.text;

import org.jspecify.annotations.NullMarked;
