/**
 * Who built an artifact: attestations (PEP 740) and the identity that signed them, whether that
 * identity goes on from version to version, and the workflows that publish.
 */
@NullMarked
package dev.gatehouse.provenance;

import org.jspecify.annotations.NullMarked;
