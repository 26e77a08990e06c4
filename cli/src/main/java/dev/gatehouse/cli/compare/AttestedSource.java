package dev.gatehouse.cli.compare;

import dev.gatehouse.cli.provenance.LocalArtifact;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.ProvenanceVerifier;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The repository and the commit that the certificate of an artifact's attestation names (PEP 740):
 * the one claim about its source that somebody answers for.
 */
record AttestedSource(URI repository, String commit) {
  /**
   * Reads it off the attestation, where there is one that says so.
   *
   * @param document with the attestation; null: what lies beside the artifact
   * @throws SourceException where an attestation does not hold: what it says is not looked at
   */
  static Optional<AttestedSource> of(Path artifact, @Nullable Path document, Instant now)
      throws IOException, InterruptedException {
    LocalArtifact local;
    try {
      local = LocalArtifact.of(artifact, document);
    } catch (MalformedException _) {
      // The comparison says what is wrong with the name.
      return Optional.empty();
    }
    if (local.documents().isEmpty()) {
      return Optional.empty();
    }
    Sha256 sha256 = local.sha256();
    TrustRoot root = TrustRoot.builtIn();
    Verification result =
        local.verify(
            sha256, (name, hash, bytes) -> ProvenanceVerifier.verify(name, hash, bytes, root, now));
    return switch (result) {
      case null -> Optional.empty();
      case Verification.Refused(var refusal) ->
          throw new SourceException(
              "Could not go by its attestation, which does not hold: %s."
                  .formatted(refusal.message()));
      case Verification.Verified(List<VerifiedAttestation> all) ->
          all.stream()
              .map(VerifiedAttestation::signer)
              .map(AttestedSource::named)
              .filter(Objects::nonNull)
              .findFirst();
    };
  }

  private static @Nullable AttestedSource named(SignerIdentity signer) {
    URI repository = repository(signer.publisher());
    String commit = signer.commit();
    return repository == null || commit == null ? null : new AttestedSource(repository, commit);
  }

  private static @Nullable URI repository(Publisher publisher) {
    return switch (publisher) {
      case GitHubPublisher github ->
          URI.create("https://github.com/%s/%s".formatted(github.owner(), github.repository()));
      case GitLabPublisher gitlab -> URI.create("https://gitlab.com/" + gitlab.project());
      case AccountPublisher _, ActiveStatePublisher _ -> null;
    };
  }
}
