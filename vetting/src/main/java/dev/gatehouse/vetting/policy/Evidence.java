package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an artifact when its verdict is asked for.
 *
 * @param artifact the file's name, with project and version
 * @param sha256 the hash of the bytes that would be served; null while an upstream that publishes
 *     no hash has not been asked for the file
 * @param firstSeen the hash that the same file name had when it was first seen, where that is
 *     another one; null: it never changed
 */
public record Evidence(ArtifactName artifact, @Nullable Sha256 sha256, @Nullable Sha256 firstSeen) {
  public Evidence {
    if (firstSeen != null && firstSeen.equals(sha256)) {
      throw new IllegalArgumentException("a changed file has two different hashes, not " + sha256);
    }
  }
}
