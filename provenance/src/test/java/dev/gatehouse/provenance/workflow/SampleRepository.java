package dev.gatehouse.provenance.workflow;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Workflows with planted faults. A line {@code ### PATH} begins a file; a comment {@code #! RULE…}
 * at the end of a line says what must be found at that line, and nothing else may be.
 */
record SampleRepository(String name, Map<String, String> files) {
  static List<String> names(String kind) throws IOException, URISyntaxException {
    Path folder = Path.of(Objects.requireNonNull(SampleRepository.class.getResource(kind)).toURI());
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.map(path -> kind + "/" + path.getFileName()).sorted().toList();
    }
  }

  static SampleRepository read(String name) throws IOException, URISyntaxException {
    Path path = Path.of(Objects.requireNonNull(SampleRepository.class.getResource(name)).toURI());
    Map<String, String> files = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    String file = "";
    for (String line : Files.readAllLines(path)) {
      if (line.startsWith("### ")) {
        files.put(file, text.toString());
        file = line.substring(4);
        text.setLength(0);
      } else {
        text.append(line).append(name.contains("crlf") ? "\r\n" : "\n");
      }
    }
    files.put(file, text.toString());
    files.remove("");
    return new SampleRepository(name, files);
  }

  Path writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder;
  }

  /** {@code PATH:LINE RULE}, sorted. */
  List<String> planted() {
    List<String> planted = new ArrayList<>();
    files.forEach(
        (path, text) -> {
          List<String> lines = text.lines().toList();
          for (int i = 0; i < lines.size(); i++) {
            int mark = lines.get(i).indexOf("#! ");
            if (mark >= 0) {
              for (String rule : lines.get(i).substring(mark + 3).strip().split(" ", -1)) {
                planted.add("%s:%d %s".formatted(path, i + 1, rule));
              }
            }
          }
        });
    return List.copyOf(new TreeSet<>(planted));
  }
}
