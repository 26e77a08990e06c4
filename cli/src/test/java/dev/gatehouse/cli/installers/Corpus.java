package dev.gatehouse.cli.installers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of real wheels that may lie beside the checkout; see the property {@code
 * gatehouse.corpus}.
 */
final class Corpus {
  private Corpus() {}

  /** All wheels, in order of their names; none where the folder is missing. */
  static List<Path> wheels() {
    Path folder = folder().resolve("wheels");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String given = System.getProperty("gatehouse.corpus");
    if (given != null) {
      return Path.of(given);
    }
    return Path.of("").toAbsolutePath().getParent().resolveSibling("shared").resolve("corpus");
  }
}
