package dev.gatehouse.vetting.record;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that were admitted at one moment, by their hashes. Immutable: a name stands for the
 * same files for ever. It takes away and never gives: what it does not list is not served where it
 * is in force, and what it lists is served as long as its verdict of today admits it.
 */
public final class Snapshot {
  /**
   * One file of a snapshot.
   *
   * @param artifact its name
   * @param sha256 of its bytes
   */
  public record Entry(ArtifactName artifact, Sha256 sha256) {
    static final Comparator<Entry> ORDER =
        Comparator.comparing((Entry entry) -> entry.artifact().project())
            .thenComparing(entry -> entry.artifact().version())
            .thenComparing(entry -> entry.artifact().filename());
  }

  /**
   * What there is to say of a snapshot besides its files.
   *
   * @param at when it was made
   * @param by who made it
   * @param reason in their words; may be empty
   * @param files how many it lists
   * @param projects of how many projects
   * @param sha256 of the list itself: a line for each file, its project, name and hash with one
   *     space between, in the order of {@link #entries}
   */
  public record About(
      SnapshotName name,
      Instant at,
      String by,
      String reason,
      int files,
      int projects,
      Sha256 sha256) {}

  private final About about;
  private final List<Entry> entries;
  private final Map<ProjectName, Map<String, Sha256>> files = new HashMap<>();

  private Snapshot(About about, List<Entry> entries) {
    this.about = about;
    this.entries = entries;
    for (Entry entry : entries) {
      files
          .computeIfAbsent(entry.artifact().project(), _ -> new HashMap<>())
          .put(entry.artifact().filename(), entry.sha256());
    }
  }

  static Snapshot of(
      SnapshotName name, Instant at, String by, String reason, Collection<Entry> files) {
    List<Entry> entries = files.stream().sorted(Entry.ORDER).toList();
    Set<ProjectName> projects = new TreeSet<>();
    StringBuilder lines = new StringBuilder();
    for (Entry entry : entries) {
      projects.add(entry.artifact().project());
      lines
          .append(entry.artifact().project())
          .append(' ')
          .append(entry.artifact().filename())
          .append(' ')
          .append(entry.sha256().hex())
          .append('\n');
    }
    Sha256 sha256 = Sha256.digest(lines.toString().getBytes(StandardCharsets.UTF_8));
    return new Snapshot(
        new About(name, at, by, reason, entries.size(), projects.size(), sha256), entries);
  }

  /** What there is to say of it besides its files. */
  public About about() {
    return about;
  }

  /** Its files, by project, version and file name. */
  public List<Entry> entries() {
    return entries;
  }

  /** The projects that it lists files of, in order. */
  public List<ProjectName> projects() {
    return files.keySet().stream().sorted().toList();
  }

  /** Whether these very bytes are listed under this name. */
  public boolean lists(ArtifactName artifact, @Nullable Sha256 sha256) {
    Sha256 listed = files.getOrDefault(artifact.project(), Map.of()).get(artifact.filename());
    return listed != null && listed.equals(sha256);
  }

  /** The name, for messages. */
  @Override
  public String toString() {
    return about.name().text();
  }
}
