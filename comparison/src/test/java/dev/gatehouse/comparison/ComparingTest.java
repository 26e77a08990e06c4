package dev.gatehouse.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.comparison.repository.SampleRepository;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceLimits;
import dev.gatehouse.comparison.source.SourceLocation;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Compares samples with a repository that the test writes. */
abstract class ComparingTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final SourceComparison COMPARISON =
      new SourceComparison(
          new Inspector(KnownBad.builtIn(), Limits.DEFAULT, CLOCK), Limits.DEFAULT, CLOCK);

  @TempDir Path temporary;

  SampleRepository repository;

  @BeforeEach
  void makeARepository() throws IOException {
    repository = SampleRepository.create(temporary.resolve("acme.git"));
  }

  @AfterEach
  void closeTheRepository() {
    repository.close();
  }

  Comparison compare(SampleArtifact artifact) throws IOException {
    return compare(artifact, repository.folder(), null);
  }

  static Comparison compare(SampleArtifact artifact, Path place, @Nullable String ref)
      throws IOException {
    try (Source source = Source.open(SourceLocation.of(place), SourceLimits.DEFAULT, CLOCK)) {
      return COMPARISON.compare(
          artifact.filename(),
          artifact.filename(),
          new SeekableInMemoryByteChannel(artifact.bytes()),
          source,
          ref);
    }
  }

  static FileResult file(Comparison comparison, String path) {
    return comparison.files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + path + " in " + comparison.files()));
  }

  static String rules(Comparison comparison) {
    return comparison.report().findings().stream()
        .map(
            found ->
                found.rule().name()
                    + " "
                    + found.severity().text()
                    + (found.path() == null ? "" : " " + found.path()))
        .reduce("", (all, one) -> all + one + "\n");
  }

  static void assertClean(Comparison comparison) {
    assertThat(comparison.problems()).isEmpty();
    assertThat(rules(comparison)).isEmpty();
    assertThat(comparison.coverage().ofFiles()).isEqualTo(1);
  }
}
