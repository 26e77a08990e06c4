package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.outcome.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AuditCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ok.whl, 0",
    "odd.whl, 0",
    "odd.whl --fail-on medium, 1",
    "bad.whl, 1",
    "bad.whl --fail-on critical, 1",
    "half.whl, 3",
    "odd-half.whl, 3",
    "unreadable.whl, 3",
    "crash.whl, 3",
    "bad-half.whl, 1",
    "bad.whl half.whl, 1",
    "ok.whl half.whl, 3",
    "'', 0",
  })
  void endsWithTheCodeThatTheDesignSays(String line, int code) throws IOException {
    assertThat(run(withFiles(line))).isEqualTo(code);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void reportsInTheOrderGivenHoweverManyLookAtOnce() throws IOException {
    List<String> line = new ArrayList<>(List.of("--format", "json", "--jobs", "8"));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      names.add(file((i * 7 % 50) + ".whl").toString());
    }
    line.addAll(names);

    assertThat(run(line.toArray(String[]::new))).isZero();
    assertThat(targets()).isEqualTo(names);
  }

  @Test
  void looksAtTheEnvironmentsOfTheMachineWhereNothingIsNamed() {
    assertThat(run("--format", "json")).isZero();
    assertThat(targets()).containsExactly("/usr", "/home/me/.venv");
  }

  @Test
  void saysInOneLineWhatIsMissingBeforeItLooksAtAnything() throws IOException {
    assertThat(run(file("bad.whl").toString(), folder.resolve("none.whl").toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith(
            "Could not audit "
                + folder.resolve("none.whl")
                + ": there is no such file or folder.\n");
  }

  @Test
  void showsNoTraceOfWhatNobodyForesaw() throws IOException {
    assertThat(run(file("crash.whl").toString())).isEqualTo(3);
    assertThat(out.toString())
        .contains("Gatehouse failed in a way that it should not (IllegalStateException in")
        .contains("1 target: nothing found; 1 incomplete")
        .doesNotContain("\tat ")
        .doesNotContain("secret");
  }

  @Test
  void replacesTheOutputByAWholeReport() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "old");

    assertThat(run("--format", "json", "--output", report.toString(), file("bad.whl").toString()))
        .isEqualTo(1);
    assertThat(Files.readString(report)).startsWith("{").endsWith("}\n").contains("fake-bad");
    assertThat(out.toString()).isEmpty();
    assertThat(names()).containsExactlyInAnyOrder("report.json", "bad.whl");
  }

  @Test
  void saysBeforeTheWorkThatTheOutputCannotBeWritten() throws IOException {
    assertThat(run("--output", folder.resolve("no/report").toString(), file("ok.whl").toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "Could not write the report to " + folder.resolve("no/report") + ": the folder ")
        .contains("is not there.");
  }

  @Test
  void saysNothingWhenItIsToBeQuietAndNothingIsWrong() throws IOException {
    assertThat(run("--quiet", file("odd.whl").toString())).isZero();
    assertThat(out.toString()).isEmpty();

    assertThat(run("--quiet", file("odd.whl").toString(), file("bad.whl").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("fake-bad").doesNotContain("fake-odd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fail-on bad | Invalid value for option '--fail-on': must be critical, high, medium, low or info, not \"bad\"",
        "--format xml | Invalid value for option '--format': expected one of [text, json, sarif, github, html] (case-sensitive) but was 'xml'",
        "--jobs 0 | Invalid value for option '--jobs': must be at least 1, not 0",
      })
  void saysWhatIsWrongWithAnOption(String line, String problem) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith(problem);
  }

  @Test
  void coloursOnlyATerminal() throws IOException {
    String bad = file("bad.whl").toString();
    run(Map.of(), bad);
    assertThat(out.toString()).doesNotContain("\u001b");
    run(Map.of("GATEHOUSE_TERMINAL", "out err 90", "NO_COLOR", "1"), bad);
    assertThat(out.toString()).doesNotContain("\u001b");
    run(Map.of("GATEHOUSE_TERMINAL", "out err 90"), bad);
    assertThat(out.toString()).contains("\u001b[");
  }

  private String[] withFiles(String line) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
      words.add(word.endsWith(".whl") ? file(word).toString() : word);
    }
    return words.toArray(String[]::new);
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> targets() {
    return out.toString()
        .lines()
        .filter(line -> line.contains("\"target\" : "))
        .map(line -> line.replaceAll(".*: \"(.*)\",", "$1"))
        .toList();
  }

  private int run(String... args) {
    return run(Map.of("GATEHOUSE_TERMINAL", ""), args);
  }

  private int run(Map<String, String> environment, String... args) {
    CommandLine commandLine =
        new CommandLine(new AuditCommand(environment, "1.2.3", _ -> new FakeInspectors()));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    commandLine.setExecutionExceptionHandler(
        (e, command, _) -> {
          if (e instanceof CommandFailure failure) {
            command.getErr().println(failure.getMessage());
            return failure.exitCode().code();
          }
          throw e;
        });
    return commandLine.execute(args);
  }
}
