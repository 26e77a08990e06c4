/**
 * The files of a {@code .dist-info} folder beside METADATA: RECORD (PEP 376, PEP 427, PyPA
 * "Recording installed projects"), {@code entry_points.txt} (PyPA "Entry points specification") and
 * WHEEL (PyPA "Binary distribution format"). For whoever looks at what a wheel or an environment
 * holds. Every reader is bounded and linear, and throws nothing but {@link
 * dev.gatehouse.packaging.MalformedException}.
 */
@NullMarked
package dev.gatehouse.packaging.record;

import org.jspecify.annotations.NullMarked;
