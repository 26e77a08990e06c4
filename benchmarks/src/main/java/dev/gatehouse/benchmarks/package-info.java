/**
 * Measures Gatehouse beside nginx on one machine: what {@code benchmarks/run} starts. Nothing of it
 * is part of the distribution.
 */
@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
