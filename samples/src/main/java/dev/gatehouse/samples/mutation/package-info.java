/**
 * Rewrites samples as somebody would who wants to keep the effect and change the look: other
 * layers, other names, other ways to write a string or a call, other places. Generic: nothing here
 * knows what is looked for.
 */
@NullMarked
package dev.gatehouse.samples.mutation;

import org.jspecify.annotations.NullMarked;
