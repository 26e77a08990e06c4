/**
 * How often the inspection cries wolf over real wheels, and how much of what is re-enacted and
 * rewritten it refuses. Prints what {@code docs/detection.md} holds.
 */
@NullMarked
package dev.gatehouse.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
