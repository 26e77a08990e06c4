/** The one way in: a file of any of the formats becomes a value. */
@NullMarked
package dev.gatehouse.pins.reading;

import org.jspecify.annotations.NullMarked;
