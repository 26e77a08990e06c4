/** Vetting on the way out: what stands between a file that has arrived and whoever asked for it. */
@NullMarked
package dev.gatehouse.index.gate;

import org.jspecify.annotations.NullMarked;
