package dev.gatehouse.provenance.attestation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attestations of one publisher.
 *
 * @param claim whom the index names; null: the attestation stood by itself
 */
public record AttestationBundle(@Nullable PublisherClaim claim, List<Attestation> attestations) {
  /** Takes a copy. */
  public AttestationBundle {
    attestations = List.copyOf(attestations);
  }
}
