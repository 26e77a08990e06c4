/**
 * Core metadata, through version 2.5: the {@code METADATA} of a wheel, the {@code PKG-INFO} of an
 * sdist, the {@code .metadata} file of an index ("Core metadata specifications"; PEP 566, 639, 643,
 * 685, 794). It is read line by line as Python's {@code email} reads it, so that installers and
 * Gatehouse never see two different headers.
 */
@NullMarked
package dev.gatehouse.packaging.metadata;

import org.jspecify.annotations.NullMarked;
