/**
 * Asks other indexes: for the pages of their projects, for artifacts, their metadata and their
 * provenance. An index is reached over https or http (PEP 503, 691 and what followed them, through
 * API 1.4), or lies in a folder.
 *
 * <p>What is expected to go wrong is a value: absent and unavailable are two answers, and neither
 * ever becomes the other. Nothing is verified here; whoever asked holds hashes against the page.
 * For {@code index} and whatever else reads pages of others.
 */
@NullMarked
package dev.gatehouse.upstream;

import org.jspecify.annotations.NullMarked;
