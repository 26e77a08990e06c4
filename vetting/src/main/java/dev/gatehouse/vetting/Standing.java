package dev.gatehouse.vetting;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.evidence.Inspections;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.policy.Evidence;
import dev.gatehouse.vetting.policy.Inspected;
import dev.gatehouse.vetting.policy.Provenance;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the verdicts on one project's files depend on but time and the files themselves, at one
 * moment. Immutable, and compared by identity: what was derived from one is derived again when
 * there is another.
 */
public final class Standing {
  private final ProjectName project;
  private final InForce inForce;
  private final List<Decision> decisions;
  private final Map<Inspections.Key, Inspected> inspections;
  private final Map<Inspections.Key, Provenance> provenances;
  private final @Nullable Snapshot snapshot;

  /** Remembered, since a version's dozens of files ask the same. */
  private final ConcurrentMap<Version, Told> told;

  private record Told(
      @Nullable BadVersion malware, List<Advisory> vulnerabilities, List<String> fixes) {}

  /**
   * @param snapshot what is served alone; null: all that is admitted
   * @param before what held until now, of which still holds what is known to be bad: each file that
   *     is inspected makes another standing, and hundreds of advisories would be gone through for
   *     each version; null: none
   */
  @SuppressWarnings("ReferenceEquality")
  Standing(
      ProjectName project,
      InForce inForce,
      List<Decision> decisions,
      Map<Inspections.Key, Inspected> inspections,
      Map<Inspections.Key, Provenance> provenances,
      @Nullable Snapshot snapshot,
      @Nullable Standing before) {
    this.project = project;
    this.inForce = inForce;
    this.decisions = decisions;
    this.inspections = inspections;
    this.provenances = provenances;
    this.snapshot = snapshot;
    this.told =
        before != null && before.inForce.known().bad() == inForce.known().bad()
            ? before.told
            : new ConcurrentHashMap<>();
  }

  @SuppressWarnings("ReferenceEquality")
  boolean isOf(
      InForce otherInForce,
      List<Decision> otherDecisions,
      Map<Inspections.Key, Inspected> otherInspections,
      Map<Inspections.Key, Provenance> otherProvenances) {
    return inForce == otherInForce
        && decisions == otherDecisions
        && inspections == otherInspections
        && provenances == otherProvenances;
  }

  /** The hash of policy, rule set and advisories, and of the snapshot where one is served alone. */
  public Sha256 epoch() {
    return snapshot == null
        ? inForce.epoch()
        : Sha256.digest((inForce.epoch() + "\n" + snapshot).getBytes(StandardCharsets.UTF_8));
  }

  /** The snapshot that is served alone; null: all that is admitted is served. */
  public @Nullable Snapshot snapshot() {
    return snapshot;
  }

  /** What people decided about the project, in order. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** The verdict on one of the project's files. */
  public Verdict judge(FileFacts facts, Instant now) {
    return inForce.policy().judge(evidence(facts), now);
  }

  /** The verdict that there would be, had a person decided this, too. */
  public Verdict judgeAfter(Decision decision, FileFacts facts, Instant now) {
    return inForce.policy().judge(evidence(facts).and(decision), now);
  }

  /** Whether somebody released bytes that changed under their name. */
  public boolean namesTheBytes(FileFacts facts, Instant now) {
    return inForce.policy().namesTheBytes(evidence(facts), now);
  }

  /** All that is known of one of the project's files. */
  public Evidence evidence(FileFacts facts) {
    ArtifactName artifact = facts.artifact();
    if (!artifact.project().equals(project)) {
      throw new IllegalArgumentException(artifact + " is not of " + project);
    }
    Told of = told.computeIfAbsent(artifact.version(), this::ask);
    Sha256 bytes = facts.sha256();
    return Evidence.of(artifact, bytes)
        .firstSeen(facts.firstSeen())
        .published(facts.published())
        .removed(facts.removed())
        .advisories(of.malware(), of.vulnerabilities(), of.fixes())
        .advisoriesStale(
            inForce.known().staleFor(facts.published(), inForce.policy().vetting().minimumAge()))
        .inspected(
            bytes == null ? null : inspections.get(new Inspections.Key(artifact.filename(), bytes)))
        .provenance(judgedProvenance(facts))
        .decisions(decisions)
        .outside(snapshot == null || snapshot.lists(artifact, bytes) ? null : snapshot.toString())
        .build();
  }

  /** What is known of a file's provenance, whether or not it was judged; empty: nothing is. */
  public Optional<Provenance> provenance(FileFacts facts) {
    Sha256 bytes = facts.sha256();
    return bytes == null
        ? Optional.empty()
        : Optional.ofNullable(
            provenances.get(new Inspections.Key(facts.artifact().filename(), bytes)));
  }

  private @Nullable Provenance judgedProvenance(FileFacts facts) {
    return switch (facts.provenance()) {
      case NOWHERE -> Provenance.NONE;
      case OF_OTHERS -> provenance(facts).filter(known -> known.breaks() != null).orElse(null);
      case OF_THIS ->
          provenance(facts)
              .filter(known -> known.breaks() != null)
              .filter(known -> known.verification() != null || known.unavailable() != null)
              .orElse(null);
    };
  }

  /** The ids of the known vulnerabilities of a version. */
  public List<String> vulnerabilities(Version version) {
    return told.computeIfAbsent(version, this::ask).vulnerabilities().stream()
        .map(Advisory::id)
        .toList();
  }

  private Told ask(Version version) {
    var bad = inForce.known().bad();
    return new Told(
        bad.malware(project, version).orElse(null),
        bad.vulnerabilities(project, version),
        bad.fixes(project, version));
  }
}
