/**
 * A second family of transformations, written by somebody who had not seen what the inspection
 * looks for. What the first family hides is thus not all that is measured.
 */
@NullMarked
package dev.gatehouse.samples.mutation.blind;

import org.jspecify.annotations.NullMarked;
