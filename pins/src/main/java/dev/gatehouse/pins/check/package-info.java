/**
 * Whether a file is exact and hash-locked, and whether what it pins is what an index has: rules,
 * what needs no network, what an index answers, and what a fresh install at a moment would have
 * taken. Pure: pages are asked for by the caller and come in as values.
 */
@NullMarked
package dev.gatehouse.pins.check;

import org.jspecify.annotations.NullMarked;
