package dev.gatehouse.pins.write;

import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.page.UploadTime;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code pylock.toml} (PEP 751), the same bytes for the same projects. */
public final class PylockWriter {
  private final StringBuilder out = new StringBuilder();

  /**
   * A project that is locked.
   *
   * @param files at least one, each with a SHA-256
   */
  public record Locked(
      ProjectName project, Version version, @Nullable Marker marker, List<PageFile> files) {
    /** Takes a copy, in the order of names. */
    public Locked {
      files = files.stream().sorted(Comparator.comparing(file -> file.name().filename())).toList();
    }
  }

  private PylockWriter() {}

  /**
   * The file's text.
   *
   * @param index the address of the simple pages that the files are on
   * @param comments lines without control characters that stand above it
   */
  public static String write(List<Locked> projects, URI index, List<String> comments) {
    PylockWriter writer = new PylockWriter();
    comments.forEach(comment -> writer.line("# " + comment));
    writer.line("lock-version = \"1.0\"");
    writer.line("created-by = \"gatehouse\"");
    projects.stream()
        .sorted(Comparator.comparing(Locked::project).thenComparing(Locked::version))
        .forEach(locked -> writer.locked(locked, index));
    return writer.out.toString();
  }

  private void locked(Locked locked, URI index) {
    line("");
    line("[[packages]]");
    line("name = " + quoted(locked.project.normalized()));
    line("version = " + quoted(locked.version.toString()));
    if (locked.marker != null) {
      line("marker = " + quoted(locked.marker.toString()));
    }
    requiresPython(locked.files).ifPresent(python -> line("requires-python = " + quoted(python)));
    line("index = " + quoted(index.toString()));
    sdist(locked.files).ifPresent(sdist -> line("sdist = " + file(sdist)));
    List<PageFile> wheels =
        locked.files.stream().filter(file -> file.name() instanceof WheelName).toList();
    if (!wheels.isEmpty()) {
      line("wheels = [");
      wheels.forEach(wheel -> line("    " + file(wheel) + ","));
      line("]");
    }
  }

  /** Where all of a version's files say the same; else each file's own metadata does. */
  private static Optional<String> requiresPython(List<PageFile> files) {
    Set<@Nullable String> said = new HashSet<>();
    files.forEach(file -> said.add(file.requiresPython()));
    return said.size() == 1
        ? Optional.ofNullable(said.iterator().next()).filter(python -> !python.isBlank())
        : Optional.empty();
  }

  /** There is room for one: the format of today where a version has several (PEP 625). */
  private static Optional<PageFile> sdist(List<PageFile> files) {
    return files.stream()
        .filter(file -> file.name() instanceof SdistName)
        .max(Comparator.comparing(file -> file.name().filename().endsWith(".tar.gz")));
  }

  private static String file(PageFile file) {
    StringBuilder entry = new StringBuilder("{ ");
    entry.append("name = ").append(quoted(file.name().filename()));
    Instant uploaded = UploadTime.of(file);
    if (uploaded != null) {
      entry.append(", upload-time = ").append(uploaded);
    }
    entry.append(", url = ").append(quoted(file.url().toString()));
    if (file.size() != null) {
      entry.append(", size = ").append(file.size());
    }
    return entry
        .append(", hashes = { sha256 = ")
        .append(quoted(file.sha256().orElseThrow().hex()))
        .append(" } }")
        .toString();
  }

  /** As a basic string of TOML 1.0. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
