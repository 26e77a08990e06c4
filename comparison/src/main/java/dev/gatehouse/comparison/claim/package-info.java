/**
 * Where an artifact says that its source is. Whoever wrote the artifact wrote that too: a claim
 * says where to look, and proves nothing.
 */
@NullMarked
package dev.gatehouse.comparison.claim;

import org.jspecify.annotations.NullMarked;
