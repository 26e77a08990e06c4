package dev.gatehouse.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  private static final String CORE = "def core():\n    return 1\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeTheSource() throws IOException {
    Files.createDirectories(folder.resolve("source/src/acme"));
    Files.writeString(folder.resolve("source/src/acme/core.py"), CORE);
  }

  private int run(Path artifact, String... options) {
    CommandLine command =
        Commands.of(Map.of("COLUMNS", "100"))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] line = new String[options.length + 4];
    line[0] = "compare";
    line[1] = artifact.toString();
    line[2] = "--source";
    line[3] = folder.resolve("source").toString();
    System.arraycopy(options, 0, line, 4, options.length);
    return command.execute(line);
  }

  private static WheelBuilder wheel() {
    return WheelBuilder.wheel("acme", "1.0").file("acme/core.py", CORE);
  }

  @Test
  void callsCleanWhatIsTheSourceAndSaysWhatItWasHeldAgainst() throws IOException {
    assertThat(run(wheel().build().writeTo(folder))).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("against the folder as it is of ")
        .contains("1 identical, 3 metadata; proved of all but metadata and machine code: 100.0 %")
        .contains("1 target: nothing found; clean");
  }

  @Test
  void endsWith1AndShowsTheDifferenceOfWhatWasChanged() throws IOException {
    Path changed =
        WheelBuilder.wheel("acme", "1.0")
            .file("acme/core.py", CORE.replace('1', '2'))
            .file("acme.pth", "import acme\n")
            .build()
            .writeTo(folder);

    assertThat(run(changed)).isEqualTo(1);
    assertThat(out.toString())
        .containsSubsequence(
            "CRITICAL compare-startup-file", "acme.pth", "HIGH compare-modified-code", "core.py:2")
        .contains("| -    return 1", "| +    return 2");
  }

  @Test
  void writesTheDifferencesAsJson() throws IOException {
    Path added = wheel().file("acme/more.py", "print()\n").build().writeTo(folder);

    assertThat(run(added, "--format", "json", "--fail-on", "critical")).isZero();
    assertThat(out.toString())
        .contains("\"kind\" : \"comparison\"", "\"class\" : \"added\"", "\"share-of-files\" : 0.5");
  }

  @Test
  void endsWith3WhereThereIsNothingToCompare() throws IOException {
    Path file = Files.writeString(folder.resolve("acme.txt"), "x");

    assertThat(run(file)).isEqualTo(3);
    assertThat(run(folder.resolve("none.whl"))).isEqualTo(3);
    assertThat(err.toString()).startsWith("Could not read ").contains("none.whl");
  }
}
