/**
 * Dependency specifiers and environment markers: PEP 508 as the PyPA specification has it today
 * (with the {@code extras} and {@code dependency_groups} of lock files, PEP 751). What pip's own
 * {@code packaging} reads is read here, and nothing else; {@code DependencySpecifierReferenceIT}
 * holds the two together.
 */
@NullMarked
package dev.gatehouse.packaging.requirement;

import org.jspecify.annotations.NullMarked;
