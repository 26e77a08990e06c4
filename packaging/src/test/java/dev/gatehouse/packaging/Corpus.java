package dev.gatehouse.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of real wheels beside the checkout ({@code ../shared/corpus}), which the system
 * property {@code gatehouse.corpus} may put elsewhere. Tests that need it are skipped where it is
 * missing.
 */
public final class Corpus {
  private Corpus() {}

  /** All wheels, by name. */
  public static List<Path> wheels() throws IOException {
    Optional<Path> folder = find();
    assumeTrue(
        folder.isPresent(),
        "no corpus: neither gatehouse.corpus nor ../shared/corpus beside the checkout");
    try (Stream<Path> files = Files.list(folder.get().resolve("wheels"))) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
  }

  /** The corpus, where there is one. */
  public static Optional<Path> find() {
    String property = System.getProperty("gatehouse.corpus");
    if (property != null) {
      return Optional.of(Path.of(property)).filter(Files::isDirectory);
    }
    Path start = Path.of("").toAbsolutePath();
    return Stream.iterate(start, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolveSibling("shared").resolve("corpus"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
