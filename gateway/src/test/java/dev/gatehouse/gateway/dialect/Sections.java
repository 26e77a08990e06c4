package dev.gatehouse.gateway.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file with a translation: what comes in and what is to come out of it, side by side in sections
 * that begin with a line {@code === name}. Before the first one stands what it is about.
 */
record Sections(Path file, String about, Map<String, String> sections) {
  private static final Path ALL =
      Path.of("src/test/resources/dev/gatehouse/gateway/dialect/translations");

  static List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(ALL.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static Sections read(String folder, String name) throws IOException {
    Path file = ALL.resolve(folder).resolve(name);
    String[] parts = Files.readString(file).split("(?m)^=== ", -1);
    Map<String, String> sections = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int line = parts[i].indexOf('\n');
      sections.put(parts[i].substring(0, line).strip(), parts[i].substring(line + 1));
    }
    return new Sections(file, parts[0], sections);
  }

  /** The section that comes in; it is the first. */
  Map.Entry<String, String> in() {
    return sections.entrySet().iterator().next();
  }

  /** Writes what comes out in place of what was to, for a person to look at. */
  void write(Map<String, String> out) throws IOException {
    StringBuilder text = new StringBuilder(about);
    Map<String, String> all = new LinkedHashMap<>();
    all.put(in().getKey(), in().getValue());
    all.putAll(out);
    all.forEach((name, value) -> text.append("=== ").append(name).append('\n').append(value));
    Files.writeString(file, text);
  }
}
