package dev.gatehouse.advisories;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Optional;

/** All that is publicly known to be bad, of feeds and built in: what an inspection asks. */
public final class KnownBad {
  private final Advisories advisories;
  private final Incidents incidents;

  public KnownBad(Advisories advisories, Incidents incidents) {
    this.advisories = advisories;
    this.incidents = incidents;
  }

  /** What is known without any feed. */
  public static KnownBad builtIn() {
    return new KnownBad(Advisories.none(), Incidents.builtIn());
  }

  /**
   * Why this version is malware. A feed that withdrew a record does not clear what is built in:
   * that was checked by people.
   */
  public Optional<BadVersion> malware(ProjectName project, Version version) {
    return advisories.affecting(project, version).stream()
        .filter(advisory -> advisory.kind() == AdvisoryKind.MALWARE)
        .map(advisory -> new BadVersion(advisory.id(), advisory.aliases(), advisory.summary()))
        .findFirst()
        .or(() -> incidents.version(project, version));
  }

  /** Whether any version of a project is known as malware. */
  public boolean knowsMalwareOf(ProjectName project) {
    return advisories.knowsMalwareOf(project) || incidents.concern(project);
  }

  /** What this version is vulnerable to, the worst first. */
  public List<Advisory> vulnerabilities(ProjectName project, Version version) {
    return advisories.affecting(project, version).stream()
        .filter(advisory -> advisory.kind() == AdvisoryKind.VULNERABILITY)
        .toList();
  }

  /** Ids of the vulnerabilities of earlier versions that this version is the first one without. */
  public List<String> fixes(ProjectName project, Version version) {
    return advisories.fixedIn(project, version).stream()
        .filter(advisory -> advisory.kind() == AdvisoryKind.VULNERABILITY)
        .map(Advisory::id)
        .toList();
  }

  /** The artifact, or the file inside one, of this hash, where it is a malicious one. */
  public Optional<KnownFile> file(Sha256 sha256) {
    return incidents.file(sha256);
  }

  /** When malicious versions of a project could be installed, where that is on record. */
  public List<BadRelease> releases(ProjectName project) {
    return incidents.releases(project);
  }

  /** Strings that nothing benign contains. */
  public List<Indicator> indicators() {
    return incidents.indicators();
  }

  /** What incidents leave behind. */
  public List<PersistencePath> persistence() {
    return incidents.persistence();
  }
}
