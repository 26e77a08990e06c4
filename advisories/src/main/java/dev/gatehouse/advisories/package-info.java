/**
 * What is publicly known to be bad: OSV records of PyPI, and the hashes, addresses and paths of
 * incidents. For {@code inspection}, {@code pins} and {@code vetting}.
 */
@NullMarked
package dev.gatehouse.advisories;

import org.jspecify.annotations.NullMarked;
