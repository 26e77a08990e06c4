package dev.gatehouse.vetting.evidence;

import dev.gatehouse.provenance.refresh.TufRepository;
import dev.gatehouse.provenance.verification.TrustRoots;

/** Whom attestations are believed by, as a start decides it. */
public sealed interface TrustSettings {
  /** These, and nobody is asked. */
  record Fixed(TrustRoots roots) implements TrustSettings {}

  /** The newest that this repository gives out. */
  record Refreshed(TufRepository repository) implements TrustSettings {}
}
