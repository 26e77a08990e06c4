package dev.gatehouse.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference implementation of the packaging specifications: {@code packaging}, as pip vendors
 * it. The newest pip of the corpus is asked, else the one that {@code python3} has; without either,
 * the test is skipped. All questions are asked of one process.
 */
public final class PythonReference {
  private static final String REFUSED = "!";

  private final Path folder;
  private final List<String> questions = new ArrayList<>();
  private boolean legacy;

  /** Keeps its files in the folder. */
  public PythonReference(Path folder) {
    this.folder = folder;
  }

  /**
   * Notes a question for {@link #answers}: the name of a function in the script, and its arguments.
   */
  public void ask(String... fields) {
    questions.add(
        Arrays.stream(fields)
            .map(field -> Base64.getEncoder().encodeToString(field.getBytes(UTF_8)))
            .collect(Collectors.joining(" ")));
  }

  /** The answers to all that was asked, in its order. */
  public List<String> answers() throws IOException, InterruptedException {
    Path script = folder.resolve("reference.py");
    try (InputStream in =
        Objects.requireNonNull(PythonReference.class.getResourceAsStream("reference.py"))) {
      Files.copy(in, script);
    }
    Path asked = Files.write(folder.resolve("questions"), questions);
    Path answered = folder.resolve("answers");
    Path complaints = folder.resolve("complaints");
    List<String> command =
        new ArrayList<>(List.of("python3", "-W", "ignore", script.toString(), asked.toString()));
    newestPip().ifPresent(pip -> command.add(pip.toString()));
    Process python;
    try {
      python =
          new ProcessBuilder(command)
              .redirectOutput(answered.toFile())
              .redirectError(complaints.toFile())
              .start();
    } catch (IOException e) {
      return abort("no python3: " + e.getMessage());
    }
    if (!python.waitFor(5, TimeUnit.MINUTES)) {
      python.destroyForcibly();
      throw new AssertionError("python3 did not answer within 5 minutes");
    }
    if (python.exitValue() != 0) {
      String complaint = Files.readString(complaints);
      if (complaint.contains("ModuleNotFoundError")) {
        return abort("python3 has no pip with packaging: " + complaint);
      }
      throw new AssertionError(complaint);
    }
    List<String> lines = Files.readAllLines(answered);
    legacy = lines.getFirst().equals("legacy");
    assertThat(lines).hasSize(questions.size() + 1);
    return lines.subList(1, lines.size());
  }

  /**
   * Whether the answers came from packaging 21.3, whose rules for pre-releases, exclusive
   * comparisons, wildcards and {@code ===} were others.
   */
  public boolean isLegacy() {
    return legacy;
  }

  /** Whether the reference refused the input. */
  public static boolean refused(String answer) {
    return answer.equals(REFUSED);
  }

  private static Optional<Path> newestPip() throws IOException {
    Path wheels = Corpus.find().map(corpus -> corpus.resolve("wheels")).orElse(null);
    if (wheels == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(wheels)) {
      return files
          .filter(file -> file.getFileName().toString().matches("pip-[0-9.]+-py3-none-any\\.whl"))
          .findFirst();
    }
  }
}
