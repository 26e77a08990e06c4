package dev.gatehouse.vetting.policy;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an artifact when its verdict is asked for.
 *
 * @param artifact the file's name, with project and version
 * @param sha256 the hash of the bytes that would be served; null while an upstream that publishes
 *     no hash has not been asked for the file
 * @param firstSeen the hash that the same file name had when it was first seen, where that is
 *     another one; null: it never changed
 * @param published when its upstream made it public, or else when it was first seen here; null: it
 *     comes from a folder, whose owner decided what lies in it
 * @param removed why it must be taken as removed by its upstream, a clause; null: it is offered
 * @param malware why its version is known to be malicious; null: it is not
 * @param vulnerabilities what its version is known to be vulnerable to, worst first
 * @param fixes ids of vulnerabilities of earlier versions that an advisory says it mends
 * @param advisoriesStale why new malware might not be known here, a clause; null: it would be
 * @param inspected what its bytes were found to hold; null: they were not inspected
 * @param provenance what its attestations prove, and whether it goes on as the versions before it;
 *     null: nobody looked, and there is something to look at
 * @param decisions what people decided about its version, in order
 * @param outside the snapshot that is served alone and does not list these bytes; null: none is, or
 *     it does
 */
public record Evidence(
    ArtifactName artifact,
    @Nullable Sha256 sha256,
    @Nullable Sha256 firstSeen,
    @Nullable Instant published,
    @Nullable String removed,
    @Nullable BadVersion malware,
    List<Advisory> vulnerabilities,
    List<String> fixes,
    @Nullable String advisoriesStale,
    @Nullable Inspected inspected,
    @Nullable Provenance provenance,
    List<Decision> decisions,
    @Nullable String outside) {
  public Evidence {
    if (firstSeen != null && firstSeen.equals(sha256)) {
      throw new IllegalArgumentException("a changed file has two different hashes, not " + sha256);
    }
    vulnerabilities = List.copyOf(vulnerabilities);
    fixes = List.copyOf(fixes);
    decisions = List.copyOf(decisions);
  }

  /** The same, and one more decision. */
  public Evidence and(Decision decision) {
    List<Decision> all = new ArrayList<>(decisions);
    all.add(decision);
    return new Evidence(
        artifact,
        sha256,
        firstSeen,
        published,
        removed,
        malware,
        vulnerabilities,
        fixes,
        advisoriesStale,
        inspected,
        provenance,
        all,
        outside);
  }

  /** Of a file of which nothing else is known; {@link Builder} adds what is. */
  public static Builder of(ArtifactName artifact, @Nullable Sha256 sha256) {
    return new Builder(artifact, sha256);
  }

  /** Collects evidence. */
  public static final class Builder {
    private final ArtifactName artifact;
    private final @Nullable Sha256 sha256;
    private @Nullable Sha256 firstSeen;
    private @Nullable Instant published;
    private @Nullable String removed;
    private @Nullable BadVersion malware;
    private List<Advisory> vulnerabilities = List.of();
    private List<String> fixes = List.of();
    private @Nullable String advisoriesStale;
    private @Nullable Inspected inspected;
    private @Nullable Provenance provenance = Provenance.NONE;
    private List<Decision> decisions = List.of();
    private @Nullable String outside;

    private Builder(ArtifactName artifact, @Nullable Sha256 sha256) {
      this.artifact = artifact;
      this.sha256 = sha256;
    }

    /** The same name had these other bytes at first. */
    public Builder firstSeen(@Nullable Sha256 other) {
      this.firstSeen = other;
      return this;
    }

    /** When it became public. */
    public Builder published(@Nullable Instant at) {
      this.published = at;
      return this;
    }

    /** Why it counts as removed upstream. */
    public Builder removed(@Nullable String why) {
      this.removed = why;
      return this;
    }

    /** What the advisories say. */
    public Builder advisories(
        @Nullable BadVersion known, List<Advisory> vulnerableTo, List<String> mends) {
      this.malware = known;
      this.vulnerabilities = vulnerableTo;
      this.fixes = mends;
      return this;
    }

    /** Why the advisories are too old to rely on. */
    public Builder advisoriesStale(@Nullable String why) {
      this.advisoriesStale = why;
      return this;
    }

    /** What its bytes hold. */
    public Builder inspected(@Nullable Inspected result) {
      this.inspected = result;
      return this;
    }

    /** What is known of its provenance. */
    public Builder provenance(@Nullable Provenance known) {
      this.provenance = known;
      return this;
    }

    /** What people decided. */
    public Builder decisions(List<Decision> all) {
      this.decisions = all;
      return this;
    }

    /** Which snapshot is served alone and does not list these bytes. */
    public Builder outside(@Nullable String snapshot) {
      this.outside = snapshot;
      return this;
    }

    /** The evidence. */
    public Evidence build() {
      return new Evidence(
          artifact,
          sha256,
          firstSeen,
          published,
          removed,
          malware,
          vulnerabilities,
          fixes,
          advisoriesStale,
          inspected,
          provenance,
          decisions,
          outside);
    }
  }
}
