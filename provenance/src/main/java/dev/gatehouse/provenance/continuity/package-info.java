/**
 * Whether the versions of a project go on to be published by the same hands, as seen from the
 * attestations of its files or against what a team wrote down. Pure.
 */
@NullMarked
package dev.gatehouse.provenance.continuity;

import org.jspecify.annotations.NullMarked;
