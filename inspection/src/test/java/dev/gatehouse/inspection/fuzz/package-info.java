/**
 * Fuzz tests of everything that reads what strangers wrote. In the normal run each goes over its
 * seeds; {@code tools/fuzz} lets Jazzer look for inputs that break it.
 */
@NullMarked
package dev.gatehouse.inspection.fuzz;

import org.jspecify.annotations.NullMarked;
