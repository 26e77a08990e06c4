package dev.gatehouse.vetting;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an index knows of a file, before any vetting.
 *
 * @param artifact the file's name
 * @param sha256 of the bytes that would be served; null: not known before they are fetched
 * @param firstSeen the other hash that the same name had when it was first seen; null: none
 * @param published when it became public; null: it comes from a folder
 * @param removed why it counts as removed by its upstream, a clause; null: it is offered
 * @param provenance what its page says of attestations
 */
public record FileFacts(
    ArtifactName artifact,
    @Nullable Sha256 sha256,
    @Nullable Sha256 firstSeen,
    @Nullable Instant published,
    @Nullable String removed,
    ProvenanceOffer provenance) {
  /** Of a project without attestations. */
  public FileFacts(
      ArtifactName artifact,
      @Nullable Sha256 sha256,
      @Nullable Sha256 firstSeen,
      @Nullable Instant published,
      @Nullable String removed) {
    this(artifact, sha256, firstSeen, published, removed, ProvenanceOffer.NOWHERE);
  }

  /** The same, of which these bytes arrived. */
  public FileFacts withHash(Sha256 arrived) {
    return new FileFacts(artifact, arrived, firstSeen, published, removed, provenance);
  }
}
