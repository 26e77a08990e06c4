/** Tests of the second family of transformations. */
@NullMarked
package dev.gatehouse.samples.mutation.blind;

import org.jspecify.annotations.NullMarked;
