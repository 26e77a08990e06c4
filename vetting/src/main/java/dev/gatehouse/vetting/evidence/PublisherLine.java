package dev.gatehouse.vetting.evidence;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.continuity.Continuity;
import dev.gatehouse.provenance.continuity.FileProvenance;
import dev.gatehouse.provenance.continuity.VersionProvenance;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.vetting.policy.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether one file goes on as the versions before it, in the order of versions. Wheels are held
 * against wheels and sdists against sdists, where there are such: many projects attest one kind
 * alone.
 */
final class PublisherLine {
  private static final Set<Rule> OF_THE_UNATTESTED =
      Set.of(ProvenanceRules.LOST, ProvenanceRules.PARTIAL);

  /** What is told elsewhere, or is no break. */
  private static final Set<Rule> NOT_TOLD = Set.of(ProvenanceRules.INVALID, ProvenanceRules.FIRST);

  /**
   * A file of the project.
   *
   * @param verification null: it has no attestation
   */
  record File(ArtifactName name, @Nullable Verification verification) {
    boolean isAttested() {
      return verification instanceof Verification.Verified;
    }
  }

  private PublisherLine() {}

  /**
   * The breaks of one file's line.
   *
   * @param others the project's other files, as far as anything is known of them
   * @param admitted versions that were served here
   * @param look what of it could not be had
   */
  static List<Provenance.Break> breaks(
      File file, List<File> others, Set<Version> admitted, ProvenanceLook look) {
    VersionProvenance before = lastAttested(file, others, admitted);
    // Of an upstream that hands out no provenance at all nothing is asked: there is no line.
    if (look.ownUnavailable() != null) {
      return before == null
          ? List.of()
          : List.of(
              unavailable(
                  "versions before it have attestations, and its own could not be had: "
                      + look.ownUnavailable()));
    }
    if (before == null) {
      return file.verification() == null && look.othersUnavailable() != null
          ? List.of(
              unavailable(
                  "it has no attestation, and those of versions before it could not be had: "
                      + look.othersUnavailable()))
          : List.of();
    }
    List<File> files = new ArrayList<>(List.of(file));
    if (!file.isAttested()) {
      // Whether all of a version lost its attestations, or some files never had any.
      others.stream()
          .filter(other -> other.name().version().equals(file.name().version()))
          .filter(other -> isAlike(file, other))
          .forEach(files::add);
    }
    return findings(before, version(file.name().version(), files)).stream()
        .filter(finding -> file.isAttested() || OF_THE_UNATTESTED.contains(finding.rule()))
        .map(PublisherLine::told)
        .toList();
  }

  /**
   * What the file is held against. Where versions of the project were served here, one that broke
   * the line itself counts only once it was served: else whoever publishes two bad versions would
   * have the second follow the first.
   */
  private static @Nullable VersionProvenance lastAttested(
      File file, List<File> others, Set<Version> admitted) {
    TreeMap<Version, List<File>> earlier =
        others.stream()
            .filter(other -> other.name().version().compareTo(file.name().version()) < 0)
            .collect(
                Collectors.groupingBy(
                    other -> other.name().version(), TreeMap::new, Collectors.toList()));
    boolean known = earlier.keySet().stream().anyMatch(admitted::contains);
    VersionProvenance last = null;
    for (List<File> files : earlier.values()) {
      VersionProvenance next = version(files.getFirst().name().version(), comparable(file, files));
      if (next.publishers().isEmpty()) {
        continue;
      }
      boolean believed = !known || admitted.contains(next.version());
      if (last == null
          || believed
          || findings(last, next).stream().noneMatch(PublisherLine::holds)) {
        last = next;
      }
    }
    return last;
  }

  private static List<File> comparable(File file, List<File> files) {
    List<File> alike = files.stream().filter(other -> isAlike(file, other)).toList();
    return alike.isEmpty() ? files : alike;
  }

  private static boolean isAlike(File one, File other) {
    return (one.name() instanceof WheelName) == (other.name() instanceof WheelName);
  }

  private static VersionProvenance version(Version version, List<File> files) {
    return new VersionProvenance(
        version,
        null,
        files.stream()
            .map(file -> new FileProvenance(file.name().filename(), file.verification()))
            .toList());
  }

  /** Those about the later one. */
  private static List<Finding> findings(VersionProvenance before, VersionProvenance version) {
    String name = version.version().toString();
    return Continuity.findings(List.of(before, version)).stream()
        .filter(finding -> name.equals(finding.path()) && !NOT_TOLD.contains(finding.rule()))
        .toList();
  }

  private static boolean holds(Finding finding) {
    return finding.severity().isAtLeast(Severity.HIGH);
  }

  /** Whoever keeps an attestation from being read must gain no more than who publishes none. */
  private static Provenance.Break unavailable(String why) {
    return new Provenance.Break("provenance-unavailable", why, true);
  }

  private static Provenance.Break told(Finding finding) {
    return new Provenance.Break(
        finding.rule().name(),
        "%s: %s".formatted(inner(finding.rule().title()), inner(finding.message())),
        holds(finding));
  }

  /** As it stands inside a sentence. */
  private static String inner(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
