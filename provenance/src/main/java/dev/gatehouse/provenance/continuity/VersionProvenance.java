package dev.gatehouse.provenance.continuity;

import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.verification.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version.
 *
 * @param published when its first file was; null: nobody says
 * @param files at least one
 */
public record VersionProvenance(
    Version version, @Nullable Instant published, List<FileProvenance> files) {
  /** Takes a copy. */
  public VersionProvenance {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a version has files");
    }
  }

  /** The files that are not attested: without an attestation, or with one that does not hold. */
  public List<String> unattested() {
    return files.stream().filter(file -> !file.isAttested()).map(FileProvenance::filename).toList();
  }

  /** Who published it, each once. */
  public List<KnownPublisher> publishers() {
    return files.stream()
        .map(FileProvenance::verification)
        .filter(Verification.Verified.class::isInstance)
        .map(Verification.Verified.class::cast)
        .flatMap(verified -> verified.attestations().stream())
        .map(attestation -> KnownPublisher.of(attestation.signer()))
        .distinct()
        .toList();
  }
}
