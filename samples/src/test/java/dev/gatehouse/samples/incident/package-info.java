/** Tests of the re-enacted incidents, mostly of their harmlessness. */
@NullMarked
package dev.gatehouse.samples.incident;

import org.jspecify.annotations.NullMarked;
