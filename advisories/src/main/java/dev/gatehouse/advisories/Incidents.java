package dev.gatehouse.advisories;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of incidents without any feed: bad versions, hashes, addresses, and what they leave
 * behind. Public reports of 2024 and 2026 are the source; a hash that only one report has is marked
 * so in the resource file.
 */
public final class Incidents {
  private static final String RESOURCE = "incidents.json";

  private final List<Incident> incidents;
  private final Map<Sha256, KnownFile> files;

  private Incidents(List<Incident> incidents) {
    this.incidents = List.copyOf(incidents);
    this.files =
        incidents.stream()
            .flatMap(incident -> incident.files().stream())
            .collect(Collectors.toUnmodifiableMap(KnownFile::sha256, Function.identity()));
  }

  /** Knows of no incident. */
  public static Incidents none() {
    return new Incidents(List.of());
  }

  /** Reads what is built in. Cheap: some 10 kB. */
  public static Incidents builtIn() {
    try (InputStream in =
        Objects.requireNonNull(Incidents.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new Incidents(IncidentReader.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file or artifact of this hash, where it is a malicious one. */
  public Optional<KnownFile> file(Sha256 sha256) {
    return Optional.ofNullable(files.get(sha256));
  }

  /** Strings that nothing benign contains. */
  public List<Indicator> indicators() {
    return incidents.stream().flatMap(incident -> incident.indicators().stream()).toList();
  }

  /** What to look for in home folders and on the disk. */
  public List<PersistencePath> persistence() {
    return incidents.stream().flatMap(incident -> incident.persistence().stream()).toList();
  }

  /** When malicious versions of a project could be installed, where that is on record. */
  public List<BadRelease> releases(ProjectName project) {
    return incidents.stream()
        .flatMap(incident -> incident.releases().stream())
        .filter(release -> release.project().equals(project))
        .toList();
  }

  /** Whether any version of a project belongs to one. */
  boolean concern(ProjectName project) {
    return incidents.stream().anyMatch(incident -> incident.versions().containsKey(project));
  }

  /** The incident that a version belongs to; a local label does not hide it. */
  public Optional<BadVersion> version(ProjectName project, Version version) {
    Version released = version.publicVersion();
    return incidents.stream()
        .filter(
            incident ->
                Optional.ofNullable(incident.versions().get(project))
                    .filter(bad -> bad.contains(released))
                    .isPresent())
        .map(incident -> new BadVersion(incident.id(), incident.aliases(), incident.summary()))
        .findFirst();
  }
}
