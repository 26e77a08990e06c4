package dev.gatehouse.inspection.startup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Modules;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the measured table, and the lines that real packages ship. */
class PthInspectorTest {
  private static final String DISTUTILS =
      "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') =="
          + " 'local'; enabled and __import__('_distutils_hack').add_shim(); ";
  private static final String COVERAGE =
      """
      import sys; exec('import os\\n\\nif os.getenv("COVERAGE_PROCESS_START") or os.getenv("COVERAGE_PROCESS_CONFIG"):\\n try:\\n  import coverage\\n except:\\n  pass\\n else:\\n  coverage.process_startup(slug="pth")')
      """;
  private static final String NAMESPACE =
      "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = os.path.join("
          + "sys._getframe(1).f_locals['sitedir'], *('acme',));importlib = has_mfs and"
          + " __import__('importlib.util');has_mfs and __import__('importlib.machinery');m = has_mfs"
          + " and sys.modules.setdefault('acme', importlib.util.module_from_spec("
          + "importlib.machinery.PathFinder.find_spec('acme', [os.path.dirname(p)])));m = m or"
          + " sys.modules.setdefault('acme', types.ModuleType('acme'));mp = (m or []) and"
          + " m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)\n";

  private static Stream<Arguments> linesAndVersions() {
    return Stream.of(
        Arguments.of("import x", "every version"),
        Arguments.of("import\tx", "every version"),
        Arguments.of("\uFEFFimport x", "3.13 and later"),
        Arguments.of("# note\u000cimport x", "3.13 and later"),
        Arguments.of("# note\u000bimport x", "3.13 and later"),
        Arguments.of("# note\u001cimport x", "3.13 and later"),
        Arguments.of("# note\u001dimport x", "3.13 and later"),
        Arguments.of("# note\u001eimport x", "3.13 and later"),
        Arguments.of("# note\u0085import x", "3.13 and later"),
        Arguments.of("# note\u2028import x", "3.13 and later"),
        Arguments.of("# note\u2029import x", "3.13 and later"),
        Arguments.of(" import x", "3.15 and later"),
        Arguments.of("\u00a0\timport x", "3.15 and later"),
        Arguments.of("# note\rimport x", "every version"),
        Arguments.of("lib\nimport x\nlib", "every version"));
  }

  @ParameterizedTest
  @MethodSource("linesAndVersions")
  void namesTheVersionsThatRunALine(String text, String versions) {
    PthReading reading = inspect("acme.pth", text);

    assertThat(reading.executable()).hasSize(1);
    assertThat(reading.executable().getFirst().code()).startsWith("import").endsWith("x");
    assertThat(reading.executable().getFirst().versions()).isEqualTo(versions);
    assertThat(rules(reading).contains("startup-pth-evasion"))
        .isEqualTo(!versions.startsWith("every"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# import x",
        "import\u000bx",
        "import(x)",
        "from x import y",
        "lib/plugins",
        "#\u00a0x",
        ""
      })
  void whatNoPythonRunsIsNoCode(String text) {
    PthReading reading = inspect("acme.pth", text);

    assertThat(reading.executable()).isEmpty();
    assertThat(reading.findings()).isEmpty();
  }

  @Test
  void seesALineBehindNextLineInLatin1() {
    byte[] content = "# caf\u00e9\u0085import x".getBytes(ISO_8859_1);

    PthReading reading = inspector().inspect("acme.pth", content, owner(true, "x"));

    assertThat(reading.executable())
        .extracting(ExecutableLine::versions)
        .containsExactly("3.13 and later");
  }

  @Test
  void readsALineThatTwoVersionsDivideDifferently() {
    PthReading reading = inspect("acme.pth", "import a\u000cimport b\n");

    assertThat(reading.executable())
        .extracting(ExecutableLine::versions)
        .containsExactly("3.13 and later", "3.12 and earlier", "3.13 and later");
    assertThat(rules(reading)).contains("startup-pth-evasion");
  }

  @Test
  void aHiddenFileRunsInOldVersions() {
    PthReading reading = inspect(".acme.pth", "import x\n");

    assertThat(reading.executable().getFirst().versions()).isEqualTo("3.12 and earlier");
    assertThat(blocking(reading))
        .extracting(Finding::rule)
        .containsExactly(StartupRules.PTH_EVASION);
  }

  @Test
  void aFileOfOtherCaseIsToldOnly() {
    PthReading reading = inspect("acme.PTH", "import base64; exec(base64.b64decode('eA=='))\n");

    assertThat(reading.findings()).isNotEmpty().allMatch(f -> f.severity() == Severity.MEDIUM);
    assertThat(reading.executable().getFirst().versions()).isEqualTo("no version");
  }

  @Test
  void aLineThatDecodesAndSpawnsIsRefused() {
    PthReading reading =
        inspect(
            "acme_init.pth",
            "lib\nimport os, subprocess, sys; subprocess.Popen([sys.executable, '-c', 'pass'])\n");

    assertThat(blocking(reading))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(StartupRules.PTH_EXEC);
              assertThat(finding.line()).isEqualTo(2);
              assertThat(finding.message())
                  .contains(
                      "every version", "starts another program and names the running interpreter");
            });
    assertThat(reading.modules()).contains("os", "subprocess", "sys");
  }

  @Test
  void knowsTheLinesOfRealPackages() {
    assertThat(rules(inspect("d.pth", DISTUTILS + "\n", "_distutils_hack")))
        .containsExactly("startup-pth-known");
    assertThat(rules(inspect("c.pth", COVERAGE, "coverage"))).containsExactly("startup-pth-known");
    assertThat(rules(inspect("m.pth", "import cmeel_pth\n", "cmeel_pth")))
        .containsExactly("startup-pth-known");
    assertThat(rules(inspect("n.pth", NAMESPACE, "acme"))).containsExactly("startup-pth-known");
    String editable = "import __editable___acme_1_0_finder; __editable___acme_1_0_finder.install()";
    assertThat(rules(inspect("e.pth", editable, "__editable___acme_1_0_finder")))
        .containsExactly("startup-editable");
    assertThat(COVERAGE).hasSize(205);
    assertThat(DISTUTILS).hasSize(150);
    assertThat(NAMESPACE).hasSize(574 - 5 * "sphinxcontrib".length() + 5 * "acme".length());
  }

  @Test
  void trustsAKnownLineOnlyWithItsModule() {
    PthReading reading = inspect("a1_coverage.pth", COVERAGE, "acme");

    assertThat(rules(reading)).containsExactly("startup-pth-import");
    assertThat(reading.executable().getFirst().known()).isFalse();
    assertThat(reading.executable().getFirst().shape()).isEqualTo("coverage subprocess");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DISTUTILS + "import acme",
        "import os, acme; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled and __import__('_distutils_hack').add_shim();",
        "import __editable___acme_finder; __editable___other_finder.install()",
        "import __editable___acm\u0435_finder; __editable___acm\u0435_finder.install()",
        "import cmeel_pth, acme",
        "import _editable_impl_a, b"
      })
  void almostAKnownLineIsNone(String line) {
    PthReading reading =
        inspect("distutils-precedence.pth", line, "_distutils_hack", "cmeel_pth", "acme");

    assertThat(rules(reading)).containsExactly("startup-pth-import");
    assertThat(reading.findings().getFirst().severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void saysWhenNoRecordVouchesForAFile() {
    PthReading strange = inspector().inspect("x.pth", "import x".getBytes(UTF_8), owner(false));
    PthReading known =
        inspector().inspect("_virtualenv.pth", "import _virtualenv".getBytes(UTF_8), owner(false));

    assertThat(rules(strange))
        .containsExactlyInAnyOrder("startup-pth-import", "startup-pth-unowned");
    assertThat(known.findings())
        .singleElement()
        .matches(f -> f.rule().equals(StartupRules.PTH_UNOWNED) && f.severity() == Severity.LOW);
  }

  @Test
  void hidesNothingBehindVeryManyLines() {
    PthReading many = inspect("x.pth", "import a\n".repeat(100_000));
    PthReading places = inspect("x.pth", "lib\n".repeat(100_000));

    assertThat(blocking(many)).isNotEmpty();
    assertThat(many.executable()).hasSize(1_000);
    assertThat(blocking(places)).isNotEmpty();
  }

  private static PthReading inspect(String path, String text, String... owned) {
    return inspector().inspect(path, text.getBytes(UTF_8), owner(true, owned));
  }

  private static PthInspector inspector() {
    return new PthInspector(new FakeSource(), Modules.none());
  }

  private static Ownership owner(boolean file, String... modules) {
    Set<String> owned = Set.of(modules);
    return new Ownership() {
      @Override
      public boolean ownsFile() {
        return file;
      }

      @Override
      public boolean ownsModule(String module) {
        return owned.contains(module);
      }
    };
  }

  private static List<String> rules(PthReading reading) {
    return reading.findings().stream().map(finding -> finding.rule().name()).toList();
  }

  private static List<Finding> blocking(PthReading reading) {
    return reading.findings().stream().filter(Finding::blocking).toList();
  }
}
