package dev.gatehouse.index.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.index.listing.Addresses;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.write.PylockWriter;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Snapshot;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a file for installers. Both formats name one version of a project, and this names
 * the one that an installer would choose among those of the snapshot that are still served.
 */
final class SnapshotExport {
  private static final int MOST_LINE = 500;

  /** What it is written as. */
  enum Format {
    /** What pip and uv take as {@code -c}: a version for each project. */
    CONSTRAINTS,
    /** The lock file of PEP 751, with the address and the hash of each file. */
    PYLOCK;

    static Optional<Format> find(String word) {
      return Arrays.stream(values())
          .filter(format -> format.name().equalsIgnoreCase(word))
          .findFirst();
    }
  }

  /**
   * @param offered the files of the version that was chosen
   * @param others the versions that were not
   */
  private record Choice(Version version, List<ListedFile> offered, List<Version> others) {}

  private final Snapshot snapshot;
  private final URI root;
  private final Map<ProjectName, Choice> choices = new TreeMap<>();
  private final List<Map<String, Object>> leftOut = new ArrayList<>();

  /**
   * @param now how a file of the snapshot is listed now, at the snapshot's address
   * @param root the address of the index, ending in a slash
   */
  SnapshotExport(Snapshot snapshot, Function<Snapshot.Entry, Optional<ListedFile>> now, URI root) {
    this.snapshot = snapshot;
    this.root = root.resolve(SnapshotEndpoint.folder(snapshot));
    Map<ProjectName, List<ListedFile>> offered = new LinkedHashMap<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      Optional<ListedFile> listed = now.apply(entry);
      if (listed.isPresent() && listed.get().verdict().offered()) {
        offered
            .computeIfAbsent(entry.artifact().project(), _ -> new ArrayList<>())
            .add(listed.get());
      } else {
        leftOut.add(leftOut(entry, listed.map(ListedFile::verdict).orElse(null)));
      }
    }
    offered.forEach((project, files) -> choices.put(project, choose(files)));
  }

  private static Map<String, Object> leftOut(Snapshot.Entry entry, @Nullable Verdict verdict) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("project", entry.artifact().project().normalized());
    members.put("version", entry.artifact().version().toString());
    members.put("file", entry.artifact().filename());
    members.put("verdict", verdict == null ? null : verdict.word());
    members.put("reasons", verdict == null ? List.of() : WhyDocument.reasons(verdict.reasons()));
    return members;
  }

  /** The newest that its maintainers have not yanked, a final release where there is one. */
  private static Choice choose(List<ListedFile> files) {
    Map<Version, List<ListedFile>> versions =
        files.stream().collect(groupingBy(file -> file.name().version()));
    Version best =
        files.stream()
            .max(
                Comparator.comparing((ListedFile file) -> !file.isYanked())
                    .thenComparing(file -> !file.name().version().isPrerelease())
                    .thenComparing(file -> file.name().version()))
            .orElseThrow()
            .name()
            .version();
    return new Choice(
        best,
        versions.getOrDefault(best, List.of()),
        versions.keySet().stream()
            .filter(version -> !version.equals(best))
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  /** The files of the snapshot that are not served any more, with the reasons. */
  List<Map<String, Object>> leftOut() {
    return leftOut;
  }

  String text(Format format) {
    return switch (format) {
      case CONSTRAINTS -> constraints();
      case PYLOCK -> pylock();
    };
  }

  private List<String> head() {
    Snapshot.About about = snapshot.about();
    List<String> lines = new ArrayList<>();
    lines.add(
        "The snapshot %s, made %s by %s: %s"
            .formatted(about.name(), about.at(), about.by(), root.resolve("simple/")));
    choices.forEach(
        (project, choice) -> {
          if (!choice.others().isEmpty()) {
            lines.add(
                "%s: it also has %s"
                    .formatted(
                        project,
                        choice.others().stream().map(Version::toString).collect(joining(", "))));
          }
        });
    for (Map<String, Object> file : leftOut) {
      lines.add("left out, since it is not served any more: " + file.get("file"));
    }
    return lines.stream().map(line -> Printable.of(line, MOST_LINE)).toList();
  }

  private String constraints() {
    StringBuilder text = new StringBuilder();
    head().forEach(line -> text.append("# ").append(line).append('\n'));
    choices.forEach(
        (project, choice) ->
            text.append(project).append("==").append(choice.version()).append('\n'));
    return text.toString();
  }

  private String pylock() {
    List<PylockWriter.Locked> locked = new ArrayList<>();
    choices.forEach(
        (project, choice) ->
            locked.add(
                new PylockWriter.Locked(
                    project,
                    choice.version(),
                    null,
                    choice.offered().stream().map(this::absolute).toList())));
    return PylockWriter.write(locked, root.resolve("simple/"), head());
  }

  /** By its address at the snapshot's, and by the hash that the snapshot lists it by. */
  private PageFile absolute(ListedFile file) {
    return file.shown().toBuilder()
        .url(root.resolve(Addresses.file(file.name().project(), file.name().filename())))
        .sha256(Objects.requireNonNull(file.facts().sha256()))
        .build();
  }
}
