package dev.gatehouse.index.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.index.listing.Addresses;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Snapshot;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    StringBuilder text = new StringBuilder();
    head().forEach(line -> text.append("# ").append(Printable.of(line, MOST_LINE)).append('\n'));
    switch (format) {
      case CONSTRAINTS -> constraints(text);
      case PYLOCK -> pylock(text);
    }
    return text.toString();
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
    return lines;
  }

  private void constraints(StringBuilder text) {
    choices.forEach(
        (project, choice) ->
            text.append(project).append("==").append(choice.version()).append('\n'));
  }

  private void pylock(StringBuilder text) {
    text.append("lock-version = \"1.0\"\ncreated-by = \"gatehouse\"\n");
    choices.forEach(
        (project, choice) -> {
          text.append("\n[[packages]]\n");
          line(text, "name", project.normalized());
          line(text, "version", choice.version().toString());
          requiresPython(choice).ifPresent(python -> line(text, "requires-python", python));
          line(text, "index", root.resolve("simple/").toString());
          choice.offered().stream()
              .filter(file -> file.name() instanceof WheelName)
              .forEach(wheel -> file(text, "[[packages.wheels]]", wheel));
          sdist(choice).ifPresent(sdist -> file(text, "[packages.sdist]", sdist));
        });
  }

  /** Where all of a version's files say the same; else each file's own metadata does. */
  private static Optional<String> requiresPython(Choice choice) {
    Set<@Nullable String> said = new HashSet<>();
    choice.offered().forEach(file -> said.add(file.file().requiresPython()));
    return said.size() == 1
        ? Optional.ofNullable(said.iterator().next()).filter(python -> !python.isBlank())
        : Optional.empty();
  }

  /** There is room for one: the format of today where a version has several (PEP 625). */
  private static Optional<ListedFile> sdist(Choice choice) {
    return choice.offered().stream()
        .filter(file -> file.name() instanceof SdistName)
        .max(Comparator.comparing(file -> file.name().filename().endsWith(".tar.gz")));
  }

  private void file(StringBuilder text, String table, ListedFile file) {
    text.append(table).append('\n');
    String name = file.name().filename();
    line(text, "name", name);
    line(text, "url", root.resolve(Addresses.file(file.name().project(), name)).toString());
    Long size = file.file().size();
    if (size != null) {
      text.append("size = ").append(size).append('\n');
    }
    // What a snapshot lists has a hash: it is listed by it.
    text.append("hashes = {sha256 = ")
        .append(quoted(Objects.requireNonNull(file.facts().sha256()).hex()))
        .append("}\n");
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(quoted(value)).append('\n');
  }

  /** A basic string of TOML. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7f) {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
