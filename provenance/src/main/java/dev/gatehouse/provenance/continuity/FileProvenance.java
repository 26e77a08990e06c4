package dev.gatehouse.provenance.continuity;

import dev.gatehouse.provenance.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file.
 *
 * @param verification null: it has no attestation
 */
public record FileProvenance(String filename, @Nullable Verification verification) {
  boolean isAttested() {
    return verification instanceof Verification.Verified;
  }
}
