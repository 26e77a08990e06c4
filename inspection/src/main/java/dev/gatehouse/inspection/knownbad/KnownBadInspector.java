package dev.gatehouse.inspection.knownbad;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.advisories.KnownFile;
import dev.gatehouse.advisories.PersistencePath;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.site.KnownFindings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what is known to be bad into findings. */
public final class KnownBadInspector implements KnownFindings {
  private final KnownBad known;

  public KnownBadInspector(KnownBad known) {
    this.known = known;
  }

  @Override
  public List<Finding> version(String path, ProjectName project, Version version) {
    Stream<Finding> malware =
        known.malware(project, version).stream().map(bad -> malware(project, version, bad, path));
    Stream<Finding> vulnerabilities =
        known.vulnerabilities(project, version).stream()
            .map(advisory -> vulnerable(project, version, advisory, path));
    return Stream.concat(malware, vulnerabilities).toList();
  }

  @Override
  public List<Finding> file(String path, Sha256 sha256) {
    return known
        .file(sha256)
        .map(file -> KnownBadRules.KNOWN_FILE.at(path, 0, message(file), sha256.hex()))
        .stream()
        .toList();
  }

  /**
   * What was found where an incident leaves something.
   *
   * @param path where it was found, as the user would write it
   */
  public Finding persistence(String path, PersistencePath place) {
    return KnownBadRules.KNOWN_PERSISTENCE.in(
        path,
        "%s of %s lies here; it goes on after the package is uninstalled"
            .formatted(sentence(place.what()), place.incident()));
  }

  private static Finding malware(
      ProjectName project, Version version, BadVersion bad, String path) {
    String aliases = bad.aliases().isEmpty() ? "" : " (" + String.join(", ", bad.aliases()) + ")";
    String summary = bad.summary().isEmpty() ? "" : ": " + bad.summary();
    return KnownBadRules.KNOWN_MALWARE.in(
        path,
        "%s %s is known malware, %s%s%s".formatted(project, version, bad.id(), aliases, summary));
  }

  private static Finding vulnerable(
      ProjectName project, Version version, Advisory advisory, String path) {
    String fix =
        advisory
            .fixedIn(project, version)
            .map(fixed -> "fixed in " + fixed)
            .orElse("no fixed version is known");
    String summary = advisory.summary().isEmpty() ? "" : ": " + advisory.summary();
    return KnownBadRules.KNOWN_VULNERABLE
        .in(
            path,
            "%s %s has a known vulnerability, %s (%s)%s"
                .formatted(project, version, advisory.id(), fix, summary))
        .as(severity(advisory.severity()), false);
  }

  /** Nothing above medium: it is a fault that others may use, not an attack that is under way. */
  private static Severity severity(@Nullable AdvisorySeverity severity) {
    return severity == AdvisorySeverity.CRITICAL || severity == AdvisorySeverity.HIGH
        ? Severity.MEDIUM
        : Severity.LOW;
  }

  private static String message(KnownFile file) {
    return "its bytes are those of %s, known from %s".formatted(file.what(), file.incident());
  }

  private static String sentence(String what) {
    return Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}
