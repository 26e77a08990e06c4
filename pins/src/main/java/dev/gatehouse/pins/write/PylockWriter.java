package dev.gatehouse.pins.write;

import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  /** The file's text. */
  public static String write(List<Locked> projects, URI index) {
    PylockWriter writer = new PylockWriter();
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
    line("index = " + quoted(index.toString()));
    List<PageFile> wheels = new ArrayList<>();
    for (PageFile file : locked.files) {
      if (!(file.name() instanceof SdistName)) {
        wheels.add(file);
      } else if (file.name().filename().endsWith(".tar.gz")) {
        line("sdist = " + file(file));
      }
    }
    if (!wheels.isEmpty()) {
      line("wheels = [");
      wheels.forEach(wheel -> line("    " + file(wheel) + ","));
      line("]");
    }
  }

  private static String file(PageFile file) {
    StringBuilder entry = new StringBuilder("{ ");
    entry.append("name = ").append(quoted(file.name().filename()));
    if (file.uploadTime() != null) {
      entry.append(", upload-time = ").append(file.uploadTime());
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
