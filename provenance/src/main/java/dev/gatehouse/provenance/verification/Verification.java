package dev.gatehouse.provenance.verification;

import dev.gatehouse.provenance.Refusal;
import java.util.List;

/** What a provenance document proves of an artifact. */
public sealed interface Verification {
  /**
   * All of its attestations hold.
   *
   * @param attestations at least one, in the document's order
   */
  record Verified(List<VerifiedAttestation> attestations) implements Verification {
    /** Takes a copy. */
    public Verified {
      attestations = List.copyOf(attestations);
      if (attestations.isEmpty()) {
        throw new IllegalArgumentException("nothing is verified by no attestation");
      }
    }
  }

  /** One of them does not hold, or it cannot be read: nothing of it counts. */
  record Refused(Refusal refusal) implements Verification {}
}
