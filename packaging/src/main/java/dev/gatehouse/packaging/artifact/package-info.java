/**
 * What an artifact is called and known by: wheel file names (PEP 427, PEP 491 and "Binary
 * distribution format"), sdist file names (PEP 625, and what came before it) and the SHA-256 of the
 * bytes.
 */
@NullMarked
package dev.gatehouse.packaging.artifact;

import org.jspecify.annotations.NullMarked;
