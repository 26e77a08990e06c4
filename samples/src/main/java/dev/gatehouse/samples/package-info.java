/**
 * Harmless artifacts, repositories and a scripted upstream, for the tests, the demo and the
 * benchmarks of every module; never part of what is served. Everything is made by code, with fixed
 * times and seeds, so that the same calls give the same bytes.
 *
 * <p>The pages are written here by hand, not by {@code packaging}: a reader that is tested only
 * against its own writer may share its mistakes.
 */
@NullMarked
package dev.gatehouse.samples;

import org.jspecify.annotations.NullMarked;
