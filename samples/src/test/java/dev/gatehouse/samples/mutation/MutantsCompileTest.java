package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.samples.mutation.blind.BlindTransformations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python does not take as Python measures nothing. Nothing here is ever executed. */
class MutantsCompileTest {
  private static final int OF_EACH_INCIDENT = 100;
  private static final long PATIENCE_SECONDS = 120;

  /** Compiles every file in the folder, and prints those that it cannot; 3 for a Python too old. */
  private static final String COMPILER =
      """
      import os, sys, warnings
      if sys.version_info < (3, 9):
          sys.exit(3)
      warnings.simplefilter('ignore')
      for name in sorted(os.listdir(sys.argv[1])):
          with open(os.path.join(sys.argv[1], name), 'rb') as file:
              data = file.read()
          try:
              if not name.endswith('.pth'):
                  compile(data, name, 'exec')
                  continue
              for line in data.decode('utf-8-sig').replace('\\r', '\\n').split('\\n'):
                  if line.startswith(('import ', 'import\\t')):
                      compile(line, name, 'exec')
          except Exception as problem:
              print(name, repr(problem)[:200])
      """;

  @TempDir Path folder;

  @Test
  void thoseOfTheFirstFamilyAreValid() throws IOException, InterruptedException {
    assertThat(problems(Transformations.all())).isEmpty();
  }

  @Test
  void thoseOfTheBlindFamilyAreValid() throws IOException, InterruptedException {
    assertThat(problems(BlindTransformations.all())).isEmpty();
  }

  @Test
  void thoseOfBothTogetherAreValid() throws IOException, InterruptedException {
    assertThat(
            problems(
                Stream.of(Transformations.all(), BlindTransformations.all())
                    .flatMap(List::stream)
                    .toList()))
        .isEmpty();
  }

  private String problems(List<Transformation> all) throws IOException, InterruptedException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    int number = 0;
    for (Reenactment incident : Reenactments.all()) {
      Map<String, byte[]> files = new LinkedHashMap<>(incident.files());
      files.keySet().removeIf(path -> !isPython(path));
      List<Mutant> mutants =
          Mutants.of(files, List.copyOf(incident.carriers().keySet()), all, 1, OF_EACH_INCIDENT)
              .toList();
      for (Mutant mutant : mutants) {
        number++;
        for (Map.Entry<String, byte[]> file : mutant.files().entrySet()) {
          if (isPython(file.getKey())
              && !Arrays.equals(file.getValue(), files.get(file.getKey()))) {
            String name =
                "%05d %s %s"
                    .formatted(
                        number,
                        String.join(" ", mutant.transformations()),
                        file.getKey().replace('/', ' '));
            Files.write(sources.resolve(name), file.getValue());
          }
        }
      }
    }
    assertThat(number).isGreaterThan(300);
    return compiled(sources);
  }

  private static boolean isPython(String path) {
    return path.endsWith(".py") || path.endsWith(".pth");
  }

  private String compiled(Path sources) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("compile_all.py"), COMPILER);
    Path output = folder.resolve("output.txt");
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-I", script.toString(), sources.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return abort("skipped: there is no python3: " + e.getMessage());
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("python3 gave no answer");
    }
    if (process.exitValue() == 3) {
      return abort("skipped: python3 is older than 3.9");
    }
    assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
    return Files.readString(output, UTF_8);
  }
}
