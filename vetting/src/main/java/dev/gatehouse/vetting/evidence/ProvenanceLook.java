package dev.gatehouse.vetting.evidence;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the provenance of a file, and of the versions before it, turned up. What was
 * verified of others is known to {@link Provenances} already.
 *
 * @param rules of {@link Provenances#rules} when the look began
 * @param own what its attestations prove; null: it has none, or they could not be had
 * @param ownUnavailable why its own could not be had, a clause; null: they were, or there are none
 * @param othersUnavailable why others' could not be had, a clause; null: they were
 * @param unattested the project's other files whose page says that they have none
 */
public record ProvenanceLook(
    Sha256 rules,
    @Nullable Verification own,
    @Nullable String ownUnavailable,
    @Nullable String othersUnavailable,
    List<ArtifactName> unattested) {
  /** Takes a copy. */
  public ProvenanceLook {
    unattested = List.copyOf(unattested);
  }
}
