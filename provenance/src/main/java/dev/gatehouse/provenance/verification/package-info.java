/**
 * Whether an attestation holds for an artifact: chain, log and signature by Sigstore's own library,
 * and what that leaves to its callers. Pure: bytes, a trusted root and a moment in, a result out.
 */
@NullMarked
package dev.gatehouse.provenance.verification;

import org.jspecify.annotations.NullMarked;
