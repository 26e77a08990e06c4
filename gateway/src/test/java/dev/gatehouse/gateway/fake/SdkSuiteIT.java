package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The real SDKs of OpenAI and Anthropic, first against the fakes themselves, then through the
 * gateway. pip fetches them as it is set up to; where it cannot, the tests are skipped and say why.
 * {@code GATEHOUSE_TEST_WHEELS} names a folder of wheels to be taken instead.
 */
class SdkSuiteIT {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  @TempDir private static Path shared;
  private static String missing = "pip was not tried";

  @TempDir private Path folder;

  @BeforeAll
  static void installSdks() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("python3", "-m", "pip", "install", "--quiet", "--no-input", "--target"));
    command.add(shared.resolve("sdks").toString());
    String wheels = System.getenv("GATEHOUSE_TEST_WHEELS");
    if (wheels != null) {
      command.addAll(List.of("--isolated", "--no-index", "--find-links", wheels));
    }
    command.addAll(List.of("--retries", "1", "--timeout", "15", "openai", "anthropic"));
    Path output = shared.resolve("pip.log");
    try {
      Process pip =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      missing = pip.waitFor() == 0 ? "" : "pip could not install them: " + last(output);
    } catch (IOException e) {
      missing = "there is no python3: " + e.getMessage();
    }
  }

  private static String last(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  @TestFactory
  Stream<DynamicTest> againstTheFakes() throws Exception {
    assumeTrue(missing.isEmpty(), missing);
    try (FakeProviders fakes = FakeProviders.start(false, false)) {
      return checks(SdkSetting.direct(fakes), 60);
    }
  }

  @TestFactory
  Stream<DynamicTest> throughTheGateway() throws Exception {
    return through(false);
  }

  /** The provider writes one byte at a time. */
  @TestFactory
  Stream<DynamicTest> throughTheGatewayByteByByte() throws Exception {
    return through(true);
  }

  private Stream<DynamicTest> through(boolean bytewise) throws Exception {
    assumeTrue(missing.isEmpty(), missing);
    List<Wanted> keys =
        List.of(
            Wanted.free("full"),
            new Wanted("narrow", Set.of("another-model"), Limits.NONE),
            new Wanted("spent", Set.of(), new Limits(new Budget(0, Period.NONE), null, null, null)),
            new Wanted("limited", Set.of(), new Limits(null, 1000L, null, null)));
    try (FakeProviders fakes = FakeProviders.start(true, bytewise);
        RunningGateway gateway = RunningGateway.start(folder, fakes, keys)) {
      return checks(SdkSetting.through(fakes, gateway), 130);
    }
  }

  private Stream<DynamicTest> checks(String setting, int least) throws Exception {
    Path errors = folder.resolve("errors.log");
    ProcessBuilder builder =
        new ProcessBuilder("python3", SCRIPTS.resolve("sdk_suite.py").toString())
            .redirectError(errors.toFile());
    builder.environment().put("PYTHONPATH", shared.resolve("sdks").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(OPENAI|ANTHROPIC|AZURE)_.*|(?i)(https?|all)_proxy"));
    Process python = builder.start();
    try (OutputStream in = python.getOutputStream()) {
      in.write(setting.getBytes(UTF_8));
    }
    List<String> lines = new String(python.getInputStream().readAllBytes(), UTF_8).lines().toList();
    int exit = python.waitFor();
    List<DynamicTest> tests = new ArrayList<>();
    boolean failed = false;
    for (String line : lines) {
      JsonNode check = Json.read(line);
      boolean passed = check.path("result").asString("").equals("passed");
      failed |= !passed;
      tests.add(
          dynamicTest(
              check.path("check").asString(""),
              () -> assertThat(passed).as(check.path("message").asString("")).isTrue()));
    }
    boolean anyFailed = failed;
    tests.add(
        dynamicTest(
            "the script ran to its end",
            () -> {
              assertThat(exit).as(Files.readString(errors)).isEqualTo(anyFailed ? 1 : 0);
              assertThat(lines).hasSizeGreaterThanOrEqualTo(least);
            }));
    return tests.stream();
  }
}
