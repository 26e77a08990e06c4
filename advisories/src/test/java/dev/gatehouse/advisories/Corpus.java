package dev.gatehouse.advisories;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Real records beside the checkout; {@code gatehouse.corpus} may put them elsewhere. */
final class Corpus {
  private Corpus() {}

  /** The folder of records; the test is skipped where there is none. */
  static Path advisories() {
    Optional<Path> folder = find().map(corpus -> corpus.resolve("advisories"));
    assumeTrue(
        folder.isPresent(),
        "no corpus: neither gatehouse.corpus nor ../shared/corpus beside the checkout");
    return folder.get();
  }

  private static Optional<Path> find() {
    String property = System.getProperty("gatehouse.corpus");
    if (property != null) {
      return Optional.of(Path.of(property)).filter(Files::isDirectory);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
        .map(at -> at.resolveSibling("shared").resolve("corpus"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
