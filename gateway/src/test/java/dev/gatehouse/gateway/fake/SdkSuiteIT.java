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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The real SDKs of OpenAI and Anthropic, first against the fakes themselves, then through the
 * gateway, with the version before and with LangChain, too. pip fetches them as it is set up to;
 * where it cannot, the tests are skipped and say why. {@code GATEHOUSE_TEST_WHEELS} names a folder
 * of wheels to be taken instead.
 */
class SdkSuiteIT {
  private static final List<String> ALL =
      List.of("openai_checks", "anthropic_checks", "matrix_checks", "retrieval_checks");

  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  @TempDir private static Path shared;

  /** Why a set of packages is not there; empty: it is. */
  private static final Map<Packages, String> MISSING = new EnumMap<>(Packages.class);

  @TempDir private Path folder;

  /** What is installed, each by itself: two versions of a package exclude each other. */
  private enum Packages {
    NEWEST("openai anthropic"),
    /** The generation of OpenAI's SDK before the newest. */
    EARLIER("openai==2.54.0"),
    LANGCHAIN("langchain-openai");

    private final String names;

    Packages(String names) {
      this.names = names;
    }

    private Path folder() {
      return shared.resolve(name());
    }
  }

  @BeforeAll
  static void installSdks() throws IOException, InterruptedException {
    Map<Packages, Process> running = new EnumMap<>(Packages.class);
    for (Packages packages : Packages.values()) {
      try {
        running.put(packages, pip(packages));
      } catch (IOException e) {
        MISSING.put(packages, "there is no python3: " + e.getMessage());
      }
    }
    for (var pip : running.entrySet()) {
      int exit = pip.getValue().waitFor();
      MISSING.put(
          pip.getKey(), exit == 0 ? "" : "pip could not install them: " + last(log(pip.getKey())));
    }
  }

  private static Path log(Packages packages) {
    return shared.resolve(packages.name() + ".log");
  }

  private static Process pip(Packages packages) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("python3", "-m", "pip", "install", "--quiet", "--no-input", "--target"));
    command.add(packages.folder().toString());
    String wheels = System.getenv("GATEHOUSE_TEST_WHEELS");
    if (wheels != null) {
      command.addAll(List.of("--isolated", "--no-index", "--find-links", wheels));
    }
    command.addAll(List.of("--retries", "1", "--timeout", "15"));
    command.addAll(List.of(packages.names.split(" ", -1)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(packages).toFile())
        .start();
  }

  private static boolean isInstalled(Packages packages) {
    return missing(packages).isEmpty();
  }

  private static String missing(Packages packages) {
    return MISSING.getOrDefault(packages, "pip was not tried");
  }

  /** A test that is skipped: a report does not mention a factory that is. */
  private static Stream<DynamicTest> skipped(Packages packages) {
    return Stream.of(
        dynamicTest("with " + packages.names, () -> assumeTrue(false, missing(packages))));
  }

  private static String last(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  @TestFactory
  Stream<DynamicTest> againstTheFakes() throws Exception {
    if (!isInstalled(Packages.NEWEST)) {
      return skipped(Packages.NEWEST);
    }
    try (FakeProviders fakes = FakeProviders.start(false, false)) {
      return checks(SdkSetting.direct(fakes), Packages.NEWEST, ALL, 60);
    }
  }

  @TestFactory
  Stream<DynamicTest> throughTheGateway() throws Exception {
    return through(false, Packages.NEWEST, ALL, 150);
  }

  /** The provider writes one byte at a time. */
  @TestFactory
  Stream<DynamicTest> throughTheGatewayByteByByte() throws Exception {
    return through(true, Packages.NEWEST, ALL, 150);
  }

  @TestFactory
  Stream<DynamicTest> throughTheGatewayWithTheSdkBefore() throws Exception {
    return through(false, Packages.EARLIER, List.of("openai_checks"), 30);
  }

  @TestFactory
  Stream<DynamicTest> throughTheGatewayWithLangChain() throws Exception {
    return through(false, Packages.LANGCHAIN, List.of("langchain_checks"), 6);
  }

  private Stream<DynamicTest> through(
      boolean bytewise, Packages packages, List<String> modules, int least) throws Exception {
    if (!isInstalled(packages)) {
      return skipped(packages);
    }
    List<Wanted> keys =
        List.of(
            Wanted.free("full"),
            new Wanted("narrow", Set.of("another-model"), Limits.NONE),
            new Wanted("spent", Set.of(), new Limits(new Budget(0, Period.NONE), null, null, null)),
            new Wanted("limited", Set.of(), new Limits(null, 1000L, null, null)));
    try (FakeProviders fakes = FakeProviders.start(true, bytewise);
        RunningGateway gateway = RunningGateway.start(folder, fakes, keys)) {
      return checks(SdkSetting.through(fakes, gateway), packages, modules, least);
    }
  }

  private Stream<DynamicTest> checks(
      String setting, Packages packages, List<String> modules, int least) throws Exception {
    Path errors = folder.resolve("errors.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("python3", SCRIPTS.resolve("sdk_suite.py").toString()),
                        modules.stream())
                    .toList())
            .redirectError(errors.toFile());
    builder.environment().put("PYTHONPATH", packages.folder().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.matches(
                    "(OPENAI|ANTHROPIC|AZURE|LANGCHAIN|LANGSMITH)_.*|(?i)(https?|all)_proxy"));
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
