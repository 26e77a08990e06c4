package dev.gatehouse.provenance.continuity;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where the versions of a project do not go on as they were. Each finding's path is the
 * version that it is about.
 */
public final class Continuity {
  private static final int MOST_NAMES = 3;

  private final List<Finding> findings = new ArrayList<>();
  private Set<KnownPublisher> known = Set.of();
  private String since = "";
  private boolean wholly;

  private Continuity() {}

  /** The versions in the order in which they were published, or where nobody says when, by rank. */
  public static List<VersionProvenance> inOrder(List<VersionProvenance> versions) {
    Comparator<VersionProvenance> byVersion = Comparator.comparing(VersionProvenance::version);
    boolean dated = versions.stream().allMatch(version -> version.published() != null);
    Comparator<VersionProvenance> byTime =
        Comparator.comparing(
            version -> Objects.requireNonNullElse(version.published(), Instant.EPOCH));
    return versions.stream().sorted(dated ? byTime.thenComparing(byVersion) : byVersion).toList();
  }

  /** Each version against the last one before it that was attested. */
  public static List<Finding> findings(List<VersionProvenance> versions) {
    Continuity continuity = new Continuity();
    for (VersionProvenance version : inOrder(versions)) {
      continuity.look(version);
      List<KnownPublisher> publishers = version.publishers();
      if (!publishers.isEmpty()) {
        if (continuity.known.isEmpty()) {
          continuity.findings.add(
              ProvenanceRules.FIRST.in(
                  name(version.version()),
                  "Published by " + publishers.getFirst().publisher().text()));
        }
        continuity.known = new LinkedHashSet<>(publishers);
        continuity.since = name(version.version());
        continuity.wholly = version.unattested().isEmpty();
      }
    }
    return List.copyOf(continuity.findings);
  }

  /**
   * Each version that is newer than the baseline's against the baseline, however the versions
   * between may have been.
   */
  public static List<Finding> findings(List<VersionProvenance> versions, Baseline.Entry baseline) {
    Continuity continuity = new Continuity();
    continuity.known = Set.copyOf(baseline.publishers());
    continuity.since = "%s (baseline)".formatted(baseline.version());
    continuity.wholly = true;
    for (VersionProvenance version : inOrder(versions)) {
      if (version.version().compareTo(baseline.version()) > 0) {
        continuity.look(version);
      }
    }
    return List.copyOf(continuity.findings);
  }

  private void look(VersionProvenance version) {
    String name = name(version.version());
    for (FileProvenance file : version.files()) {
      if (file.verification() instanceof Verification.Refused refused
          && !refused.refusal().reason().isOurs()) {
        findings.add(
            ProvenanceRules.INVALID.in(
                name,
                "The attestation of %s is refused: %s (%s)"
                    .formatted(
                        file.filename(),
                        refused.refusal().message(),
                        refused.refusal().reason().text())));
      }
    }
    List<KnownPublisher> publishers = version.publishers();
    List<String> unattested = version.unattested();
    if (publishers.isEmpty()) {
      if (!known.isEmpty()) {
        findings.add(
            ProvenanceRules.LOST.in(
                name, "None of its files is attested; those of %s are, %s".formatted(since, by())));
      }
      return;
    }
    if (!unattested.isEmpty()) {
      partial(version, unattested);
    }
    if (!known.isEmpty()) {
      publishers.forEach(
          publisher -> findings.addAll(Change.findings(name, publisher, known, since)));
    }
  }

  /** A file may be added to a version at any time, by whoever has a token. */
  private void partial(VersionProvenance version, List<String> unattested) {
    String name = name(version.version());
    String names =
        String.join(", ", unattested.subList(0, Math.min(MOST_NAMES, unattested.size())))
            + (unattested.size() > MOST_NAMES ? ", …" : "");
    if (!known.isEmpty() && wholly) {
      findings.add(
          ProvenanceRules.LOST.in(
              name,
              "%d of %d files are not attested (%s); all of %s are, %s"
                  .formatted(unattested.size(), version.files().size(), names, since, by())));
    } else {
      findings.add(
          ProvenanceRules.PARTIAL.in(
              name,
              "%d of %d files are not attested: %s"
                  .formatted(unattested.size(), version.files().size(), names)));
    }
  }

  private String by() {
    return "by " + known.iterator().next().publisher().text();
  }

  private static String name(Version version) {
    return version.toString();
  }

  /** What a team would write down of the newest attested version; empty: none is attested. */
  public static Optional<Baseline.Entry> baseline(
      ProjectName project, List<VersionProvenance> versions) {
    return inOrder(versions).reversed().stream()
        .filter(version -> !version.publishers().isEmpty())
        .findFirst()
        .map(version -> new Baseline.Entry(project, version.version(), version.publishers()));
  }
}
