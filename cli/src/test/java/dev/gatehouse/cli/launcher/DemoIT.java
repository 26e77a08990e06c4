package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.cli.docs.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the built distribution, as a user starts it, with the machine's pip. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class DemoIT {
  private static final String PROGRAM =
      Checkout.root().resolve("cli/target/gatehouse/bin/gatehouse").toString();

  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void makeTemporaryFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void showsThatTheAttackRunsWithoutGatehouseAndNotThroughIt() throws Exception {
    assumeTrue(pipIsThere(), "no python3 with pip is on this machine");

    Run run = demo(Map.of());

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(step(run, "A team without Gatehouse"))
        .contains("Successfully installed litellm-1.82.8")
        .contains("litellm_init.pth of litellm 1.82.8 ran, with ");
    assertThat(step(run, "Age alone"))
        .containsPattern(pipToldOf("Gatehouse holds litellm 1.82.8: published 6 min ago"));
    assertThat(step(run, "An advisory alone"))
        .containsPattern(pipToldOf("Gatehouse refuses litellm 1.82.8: MAL-2026-2144 names it"));
    assertThat(step(run, "Inspection alone"))
        .containsPattern(pipToldOf("Gatehouse refuses litellm 1.82.8: litellm/proxy/proxy_server"))
        .containsPattern("refuse +litellm/proxy/proxy_server.py:\\d+: ")
        .contains("litellm_init.pth:1: ");
    assertThat(step(run, "Gatehouse as it comes"))
        .contains("Successfully installed litellm-1.82.6")
        .doesNotContain("1.82.8")
        .doesNotContain(" ran, with ");
    assertThat(step(run, "And if it had got in"))
        .containsPattern("build-7 +127.0.0.1 +received +10:\\d\\d:\\d\\d +litellm-1.82.8-py3")
        .contains("No matching distribution found for litellm==1.82.8");
    assertThat(run.out())
        .doesNotContain("NOT AS TOLD")
        .containsPattern("\nEverything came out as told, in [0-9.]+ s\\.\n$");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void showsTheRestWhereThereIsNoPython() throws Exception {
    Run run = demo(Map.of("PATH", ""));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.out())
        .contains("No Python with pip was found on the PATH")
        .contains("hold    published 6 min ago")
        .contains("refuse  MAL-2026-2144")
        .contains("admit   nothing speaks against it")
        .doesNotContain("pip install", "NOT AS TOLD")
        .endsWith("Incomplete: there was no pip. What could be shown came out as told.\n");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void isPlainTextOfAHundredColumnsWhereThereIsNoTerminal() throws Exception {
    Run run = demo(Map.of("PATH", ""));

    assertThat(run.out()).matches("[\n -~]+");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @Test
  void leavesNothingWhereItIsStopped() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(PROGRAM, "demo");
    builder.redirectErrorStream(true).environment().putAll(environment(Map.of("PATH", "")));
    Process process = builder.start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.contains("$ gatehouse vet")) {
        line = out.readLine();
      }
      assertThat(line).as("an index runs").isNotNull();
      assertThat(temporary).isNotEmptyDirectory();

      // The process itself would close its streams first.
      process.toHandle().destroy();

      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it stopped").isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(out.lines()).noneMatch(last -> last.startsWith("Incomplete: "));
      assertThat(temporary).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean pipIsThere() throws InterruptedException {
    try {
      return Run.of(Path.of("."), Map.of(), "python3", "-c", "import pip, venv").exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Run demo(Map<String, String> environment) throws IOException, InterruptedException {
    return Run.of(folder, environment(environment), PROGRAM, "demo");
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("GATEHOUSE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    all.put("JDK25_HOME", System.getProperty("java.home"));
    return all;
  }

  /** What was printed between a heading and the next. */
  private static String step(Run run, String heading) {
    List<String> steps = Stream.of(run.out().split("\n(?=[0-9]\\. )", -1)).toList();
    return steps.stream()
        .filter(step -> step.substring(step.indexOf(' ') + 1).startsWith(heading))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + heading + " in\n" + run.out()));
  }

  /** The words of pip, however they were broken into lines. */
  private static String pipToldOf(String words) {
    return "\\| ERROR: [^$]*" + words.replace(".", "\\.").replace(" ", "\\s+(?:\\|\\s+)?");
  }
}
