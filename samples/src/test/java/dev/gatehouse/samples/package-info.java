/** Tests of the samples themselves: against Python where there is one, else against the rules. */
@NullMarked
package dev.gatehouse.samples;

import org.jspecify.annotations.NullMarked;
