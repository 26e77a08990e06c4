package dev.gatehouse.inspection.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All rules over real wheels. */
class CorpusTest {
  private final Inspector inspector =
      new Inspector(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());

  @Test
  void noRealWheelIsBlockedAndFewAreHeld() throws IOException {
    List<String> blocked = new ArrayList<>();
    List<String> held = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    List<Path> wheels = wheels();
    for (Path wheel : wheels) {
      TargetReport report = inspect(wheel);
      report.problems().forEach(problem -> problems.add(wheel.getFileName() + ": " + problem));
      for (Finding finding : report.findings()) {
        counts.merge(finding.rule().name() + " " + finding.severity().text(), 1, Integer::sum);
        String line = wheel.getFileName() + " " + finding;
        if (finding.blocking()) {
          blocked.add(line);
        } else if (finding.severity().isAtLeast(Severity.HIGH)) {
          held.add(line);
        }
      }
    }

    String told = System.getProperty("gatehouse.counts");
    if (told != null) {
      Files.write(
          Path.of(told),
          Stream.concat(
                  counts.entrySet().stream().map(Object::toString),
                  Stream.concat(held.stream(), Stream.concat(blocked.stream(), problems.stream())))
              .toList());
    }
    assertThat(blocked).isEmpty();
    assertThat(problems).isEmpty();
    assertThat(held).hasSizeLessThanOrEqualTo(wheels.size() / 200);
    assertThat(counts).containsKey("startup-pth-known info");
  }

  private TargetReport inspect(Path wheel) throws IOException {
    String name = wheel.getFileName().toString();
    try (SeekableByteChannel bytes = Files.newByteChannel(wheel)) {
      return inspector.artifact(name, name, bytes);
    }
  }

  private static List<Path> wheels() throws IOException {
    Optional<Path> folder = find();
    assumeTrue(
        folder.isPresent(),
        "no corpus: neither gatehouse.corpus nor ../shared/corpus beside the checkout");
    try (Stream<Path> files = Files.list(folder.get().resolve("wheels"))) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
  }

  private static Optional<Path> find() {
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
