package dev.gatehouse.provenance.continuity;

import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.RefKind;
import dev.gatehouse.provenance.identity.SignerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What of a signer should stay the same from version to version. The numbers are the forge's: names
 * can be given up and taken by others, numbers cannot.
 */
public record KnownPublisher(
    Publisher publisher,
    @Nullable String ownerId,
    @Nullable String repositoryId,
    RefKind ref,
    @Nullable String runner,
    @Nullable String trigger) {
  /** Of one that signed. */
  public static KnownPublisher of(SignerIdentity signer) {
    return new KnownPublisher(
        signer.publisher(),
        signer.ownerId(),
        signer.repositoryId(),
        signer.refKind(),
        signer.runner(),
        signer.trigger());
  }
}
