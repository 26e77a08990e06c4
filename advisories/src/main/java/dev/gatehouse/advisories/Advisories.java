package dev.gatehouse.advisories;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Advisories about projects of PyPI, by project. Withdrawn ones are known, and never match. */
public final class Advisories {
  private static final Advisories NONE = of(List.of());

  private final Map<ProjectName, List<Advisory>> byProject;
  private final int size;
  private final Optional<Instant> newest;
  private final Sha256 fingerprint;
  private final List<UnreadRecord> unread;

  private Advisories(Collection<Advisory> records, List<UnreadRecord> unread) {
    Map<ProjectName, List<Advisory>> index = new HashMap<>();
    for (Advisory record : records) {
      if (record.withdrawn() == null) {
        record.affected().stream()
            .map(AffectedProject::project)
            .distinct()
            .forEach(name -> index.computeIfAbsent(name, key -> new ArrayList<>(1)).add(record));
      }
    }
    this.byProject = index;
    this.size = records.size();
    this.fingerprint = fingerprint(records);
    this.newest = records.stream().map(Advisory::modified).max(Comparator.naturalOrder());
    this.unread = List.copyOf(unread);
  }

  /** Knows nothing. */
  public static Advisories none() {
    return NONE;
  }

  /** Of these records; of two with one id the one that was modified last. */
  public static Advisories of(Collection<Advisory> records) {
    return of(records, List.of());
  }

  static Advisories of(Collection<Advisory> records, List<UnreadRecord> unread) {
    Map<String, Advisory> byId = new LinkedHashMap<>();
    for (Advisory record : records) {
      byId.merge(
          record.id(),
          record,
          (one, other) -> one.modified().isAfter(other.modified()) ? one : other);
    }
    return new Advisories(byId.values(), unread);
  }

  /**
   * Reads records of the OSV schema: a JSON file (one record, a list of them, or an answer of
   * OSV's), a folder of such files with those below it, or a zip of them, as OSV's bulk archive is.
   *
   * @throws IOException where it cannot be read at all, is too large, or holds no record; the
   *     message is a clause
   */
  public static Advisories read(Path source) throws IOException {
    return new AdvisoryFiles().read(source);
  }

  /**
   * Whether this may take the place of what its source held before. A source that is broken in the
   * middle must not make unknown what was known.
   *
   * @throws IOException where not: it could not be read whole, and holds less; the message is a
   *     clause
   */
  public void checkReplaces(Advisories before) throws IOException {
    if (!unread.isEmpty() && size < before.size) {
      UnreadRecord first = unread.getFirst();
      throw new IOException(
          "%d records could be read of it where there were %d; of others not: %s: %s"
              .formatted(size, before.size, first.where(), first.why()));
    }
  }

  /** Tells one state of a feed from another: of ids, times of change and withdrawals. */
  public Sha256 fingerprint() {
    return fingerprint;
  }

  private static Sha256 fingerprint(Collection<Advisory> records) {
    return Sha256.digest(
        records.stream()
            .map(record -> record.id() + ' ' + record.modified() + ' ' + record.withdrawn() + '\n')
            .sorted()
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Whether any version of a project is malware. */
  boolean knowsMalwareOf(ProjectName project) {
    return byProject.getOrDefault(project, List.of()).stream()
        .anyMatch(record -> record.kind() == AdvisoryKind.MALWARE);
  }

  /** The advisories that call a version the first one without what they tell of. */
  public List<Advisory> fixedIn(ProjectName project, Version version) {
    return byProject.getOrDefault(project, List.of()).stream()
        .filter(record -> record.isFixedIn(project, version))
        .toList();
  }

  /** How many records there are, withdrawn ones included. */
  public int size() {
    return size;
  }

  /** When the newest record was written: how old what is known here is. */
  public Optional<Instant> newest() {
    return newest;
  }

  /** What could not be read of the source; at most 100 of them are told. */
  public List<UnreadRecord> unread() {
    return unread;
  }

  /**
   * What is known of a version, malware first, then the worst. Records that name each other as
   * aliases are one matter, and are told as one.
   */
  public List<Advisory> affecting(ProjectName project, Version version) {
    List<Advisory> matching =
        byProject.getOrDefault(project, List.of()).stream()
            .filter(record -> record.affects(project, version))
            .toList();
    return matching.isEmpty() ? matching : SameMatter.merge(matching);
  }
}
