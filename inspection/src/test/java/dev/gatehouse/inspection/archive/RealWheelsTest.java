package dev.gatehouse.inspection.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealWheelsTest {
  /** {@code gatehouse.corpus}, or {@code ../shared/corpus} beside the checkout. */
  private static Optional<Path> corpus() {
    String property = System.getProperty("gatehouse.corpus");
    if (property != null) {
      return Optional.of(Path.of(property)).filter(Files::isDirectory);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolveSibling("shared").resolve("corpus"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  @Test
  void haveNothingWrongWithThemAsArchives() throws IOException {
    Optional<Path> corpus = corpus();
    assumeTrue(
        corpus.isPresent(),
        "no corpus: neither gatehouse.corpus nor ../shared/corpus beside the checkout");
    List<Path> wheels;
    try (Stream<Path> files = Files.list(corpus.get().resolve("wheels"))) {
      wheels = files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
    assertThat(wheels).isNotEmpty();
    for (Path wheel : wheels) {
      try (FileChannel bytes = FileChannel.open(wheel)) {
        Budget budget = new Budget(Limits.DEFAULT, InstantSource.fixed(Instant.EPOCH));
        ArchiveReading reading =
            Archives.read(bytes, ArchiveFormat.ZIP, budget, (entry, content) -> {});
        assertThat(reading.findings()).as("%s", wheel.getFileName()).isEmpty();
        assertThat(reading.problems()).as("%s", wheel.getFileName()).isEmpty();
        assertThat(reading.entries()).as("%s", wheel.getFileName()).isPositive();
      }
    }
  }
}
