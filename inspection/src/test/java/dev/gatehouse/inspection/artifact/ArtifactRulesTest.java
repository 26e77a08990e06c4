package dev.gatehouse.inspection.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.site.KnownFindings;
import dev.gatehouse.inspection.startup.FakeSource;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For each rule an artifact that it must match, and a near one that it must not. */
class ArtifactRulesTest {
  private static final byte[] ELF = {
    0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0
  };
  private static final byte[] PE = {'M', 'Z', 0, 0};

  private record Sample(
      String rule,
      Severity severity,
      UnaryOperator<WheelBuilder> matching,
      UnaryOperator<WheelBuilder> other) {}

  private static final List<Sample> SAMPLES =
      List.of(
          sample(
              "startup-pth-exec",
              Severity.CRITICAL,
              w ->
                  w.file(
                      "acme_init.pth",
                      "import os, sys, subprocess; subprocess.Popen([sys.executable])\n"),
              w ->
                  w.file(
                      "acme/data/acme_init.pth",
                      "import os, sys, subprocess; subprocess.Popen([sys.executable])\n")),
          sample(
              "startup-pth-exec",
              Severity.CRITICAL,
              w ->
                  w.file(
                      "acme-1.0.data/purelib/a.pth",
                      "import base64; exec(base64.b64decode('eA=='))\n"),
              w -> w.file("a.pth.txt", "import base64; exec(base64.b64decode('eA=='))\n")),
          sample(
              "startup-pth-import",
              Severity.HIGH,
              w -> w.file("acme.pth", "import acme\n"),
              w -> w.file("acme.pth", "# import acme\nacme\n")),
          sample(
              "startup-pth-known",
              Severity.INFO,
              w -> w.file("cmeel.pth", "import cmeel_pth\n").file("cmeel_pth.py", ""),
              w -> w.file("cmeel.pth", "import cmeel_pth\n")),
          sample(
              "startup-pth-evasion",
              Severity.CRITICAL,
              w -> w.file("acme.pth", "# a note\u000cimport acme\n"),
              w -> w.file("acme.pth", "# a note\nacme\n")),
          sample(
              "startup-pth-evasion",
              Severity.CRITICAL,
              w -> w.file(".acme.pth", "import acme\n"),
              w -> w.file("acme/.acme.pth", "import acme\n")),
          sample(
              "startup-pth-path",
              Severity.HIGH,
              w -> w.file("acme.pth", "../../../tmp/x\n"),
              w -> w.file("acme.pth", "acme/../acme/lib\n")),
          sample(
              "startup-pth-path",
              Severity.HIGH,
              w -> w.file("acme.pth", "acme/bundle.zip\n"),
              w -> w.file("acme.pth", "acme/zip\n")),
          sample(
              "startup-pth-unowned",
              Severity.HIGH,
              w -> w.rawEntry("acme.pth", "import acme\n".getBytes(UTF_8)),
              w -> w.file("acme.pth", "import acme\n")),
          sample(
              "startup-start-entry",
              Severity.HIGH,
              w -> w.file("acme.start", "acme:run\n"),
              w -> w.file("acme/acme.start", "acme:run\n")),
          sample(
              "startup-customize",
              Severity.CRITICAL,
              w -> w.file("sitecustomize.py", "pass\n"),
              w -> w.file("acme/sitecustomize.py", "pass\n")),
          sample(
              "startup-customize",
              Severity.CRITICAL,
              w -> w.file("usercustomize.cpython-313-x86_64-linux-gnu.so", ELF),
              w -> w.file("usercustomized.py", "pass\n")),
          sample(
              "startup-customize",
              Severity.CRITICAL,
              w ->
                  w.file("acme.pth", "acme/lib\n").file("acme/lib/sitecustomize/__init__.pyc", "x"),
              w -> w.file("acme.pth", "acme\n").file("acme/lib/sitecustomize/__init__.pyc", "x")),
          sample(
              "startup-data-smuggled",
              Severity.CRITICAL,
              w -> w.file("acme-1.0.data/data/lib/python3.13/site-packages/x.py", "pass\n"),
              w -> w.file("acme-1.0.data/data/share/acme/x.py", "pass\n")),
          sample(
              "startup-data-smuggled",
              Severity.CRITICAL,
              w -> w.file("acme-1.0.data/data/lib/python3.13/os.py", "pass\n"),
              w -> w.file("acme-1.0.data/data/lib/libacme.so.1", ELF)),
          sample(
              "startup-data-smuggled",
              Severity.CRITICAL,
              w -> w.file("acme/a.py", "pass\n").file("acme-1.0.data/platlib/acme/a.py", "x\n"),
              w -> w.file("acme/a.py", "pass\n").file("acme-1.0.data/platlib/acme/b.py", "x\n")),
          sample(
              "startup-module-shadow",
              Severity.MEDIUM,
              w -> w.file("distutils/__init__.py", ""),
              w -> w.file("acme/distutils/__init__.py", "")),
          sample(
              "startup-module-shadow",
              Severity.MEDIUM,
              w -> w.file("requests/__init__.py", ""),
              w -> w.file("requests_acme/__init__.py", "")),
          sample(
              "startup-native-shadow",
              Severity.LOW,
              w ->
                  w.tags("cp313-cp313-linux_x86_64")
                      .file("acme/a.py", "")
                      .file("acme/a.cpython-313-x86_64-linux-gnu.so", ELF),
              w ->
                  w.tags("cp313-cp313-linux_x86_64")
                      .file("acme/b.py", "")
                      .file("acme/a.cpython-313-x86_64-linux-gnu.so", ELF)),
          sample(
              "startup-sourceless-bytecode",
              Severity.HIGH,
              w -> w.file("acme/a.pyc", "\u0001\u0002\r\n"),
              w -> w.file("acme/a.pyc", "\u0001\u0002\r\n").file("acme/a.py", "pass\n")),
          sample(
              "startup-sourceless-bytecode",
              Severity.HIGH,
              w ->
                  w.file("acme/a.py", "")
                      .file(
                          "acme/__pycache__/a.cpython-313.pyc",
                          new byte[] {1, 2, 13, 10, 1, 0, 0, 0, 9}),
              w ->
                  w.file("acme/a.py", "")
                      .file(
                          "acme/__pycache__/a.cpython-313.pyc",
                          new byte[] {1, 2, 13, 10, 3, 0, 0, 0, 9})),
          sample(
              "startup-script-shadow",
              Severity.HIGH,
              w -> w.file("acme-1.0.data/scripts/git", "#!python\n"),
              w -> w.file("acme-1.0.data/scripts/git-acme", "#!python\n")),
          sample(
              "startup-script-shadow",
              Severity.HIGH,
              w ->
                  w.file(
                      "acme-1.0.dist-info/entry_points.txt",
                      "[console_scripts]\npython3.12 = acme:main\n"),
              w ->
                  w.file(
                      "acme-1.0.dist-info/entry_points.txt",
                      "[console_scripts]\npythonic = acme:main\n")),
          sample(
              "startup-entry-point",
              Severity.INFO,
              w ->
                  w.file("acme-1.0.dist-info/entry_points.txt", "[pytest11]\nacme = acme.plugin\n"),
              w ->
                  w.file(
                      "acme-1.0.dist-info/entry_points.txt",
                      "[acme.plugins]\nacme = acme.plugin\n")),
          sample(
              "startup-editable",
              Severity.INFO,
              w -> w.file("a.pth", "import _editable_impl_a\n").file("_editable_impl_a.py", ""),
              w -> w.file("a.pth", "import _editable_impl_a\n").file("_editable_impl_b.py", "")),
          sample(
              "startup-tool-file",
              Severity.HIGH,
              w ->
                  w.file(
                      "acme/.vscode/tasks.json", "{\"runOptions\": {\"runOn\": \"folderOpen\"}}"),
              w ->
                  w.file(
                      "acme/vscode/tasks.json", "{\"runOptions\": {\"runOn\": \"folderOpen\"}}")),
          sample(
              "record-mismatch",
              Severity.CRITICAL,
              w ->
                  w.file("acme/a.py", "pass\n")
                      .falsifyRecord(
                          "acme/a.py", "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,5"),
              w ->
                  w.file("acme/a.py", "")
                      .falsifyRecord(
                          "acme/a.py", "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0")),
          sample(
              "record-mismatch",
              Severity.CRITICAL,
              w ->
                  w.file("acme/a.py", "")
                      .falsifyRecord("acme/a.py", "sha512=" + "A".repeat(86) + ",0"),
              w ->
                  w.file("acme/a.py", "")
                      .falsifyRecord(
                          "acme/a.py",
                          "sha512=z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg,0")),
          sample(
              "record-unlisted",
              Severity.CRITICAL,
              w -> w.file("acme/a.py", "pass\n").omitFromRecord("acme/a.py"),
              w -> w.rawEntry("acme-1.0.dist-info/RECORD.jws", new byte[] {1})),
          sample(
              "record-missing",
              Severity.MEDIUM,
              w -> w.falsifyRecord("acme/gone.py", ","),
              w -> w.file("acme/there.py", "")),
          sample(
              "record-encoding",
              Severity.LOW,
              w ->
                  w.file("acme/a.py", "")
                      .falsifyRecord(
                          "acme/a.py",
                          "sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,0"),
              w -> w.file("acme/a.py", "")),
          sample(
              "metadata-name",
              Severity.CRITICAL,
              w -> w.metadata("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n"),
              w -> w.metadata("Metadata-Version: 2.1\nName: ACME\nVersion: 1.0\n")),
          sample(
              "metadata-version",
              Severity.CRITICAL,
              w -> w.metadata("Metadata-Version: 2.1\nName: acme\nVersion: 1.1\n"),
              w -> w.metadata("Metadata-Version: 2.1\nName: acme\nVersion: 1.0.0\n")),
          sample(
              "metadata-several",
              Severity.CRITICAL,
              w ->
                  w.file(
                      "other-2.0.dist-info/METADATA",
                      "Metadata-Version: 2.1\nName: other\nVersion: 2.0\n"),
              w ->
                  w.file(
                      "acme/_vendor/other-2.0.dist-info/METADATA",
                      "Metadata-Version: 2.1\nName: other\nVersion: 2.0\n")),
          sample(
              "native-in-pure",
              Severity.MEDIUM,
              w -> w.file("acme/_a.so", ELF),
              w -> w.tags("py3-none-linux_x86_64").file("acme/_a.so", ELF)),
          sample(
              "executable-in-pure",
              Severity.LOW,
              w -> w.file("acme/run.exe", PE),
              w -> w.file("acme/run.exe.txt", "MX")));

  private static Sample sample(
      String rule,
      Severity severity,
      UnaryOperator<WheelBuilder> matching,
      UnaryOperator<WheelBuilder> other) {
    return new Sample(rule, severity, matching, other);
  }

  @TestFactory
  List<DynamicTest> eachRuleMatchesWhatItMustAndNothingNear() {
    return SAMPLES.stream()
        .map(sample -> DynamicTest.dynamicTest(sample.rule, () -> check(sample)))
        .toList();
  }

  private static void check(Sample sample) {
    WheelBuilder matching = sample.matching.apply(wheel());
    WheelBuilder other = sample.other.apply(wheel());

    assertThat(inspect(matching.build()).findings())
        .filteredOn(finding -> finding.rule().name().equals(sample.rule))
        .isNotEmpty()
        .allMatch(finding -> finding.severity() == sample.severity)
        .allMatch(finding -> finding.blocking() == (sample.severity == Severity.CRITICAL));
    assertThat(inspect(other.build()).findings())
        .extracting(finding -> finding.rule().name())
        .doesNotContain(sample.rule);
  }

  @Test
  void aPlainWheelIsClean() {
    TargetReport report = inspect(wheel().build());

    assertThat(report.status()).isEqualTo(Status.CLEAN);
    assertThat(report.kind()).isEqualTo(Kind.WHEEL);
    assertThat(report.details())
        .containsEntry("project", "acme")
        .containsEntry("version", "1.0")
        .containsEntry("files", 4L);
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void aWheelWithoutRecordIsRefused() {
    SampleArtifact wheel = wheel().omitFromRecord("acme/__init__.py").build();
    byte[] bytes =
        new String(wheel.bytes(), ISO_8859_1)
            .replace("dist-info/RECORD", "dist-info/RECORC")
            .getBytes(ISO_8859_1);

    assertThat(rules(inspect(wheel.filename(), bytes).findings())).contains("record-absent");
  }

  @Test
  void everyExecutableLineIsShown() {
    TargetReport report =
        inspect(
            wheel()
                .file("cmeel.pth", "import cmeel_pth\nimport acme\n")
                .file("cmeel_pth.py", "")
                .build());

    assertThat(report.details().get("executable-pth"))
        .isEqualTo(
            List.of(
                Map.of(
                    "path",
                    "cmeel.pth",
                    "line",
                    1,
                    "code",
                    "import cmeel_pth",
                    "known",
                    true,
                    "shape",
                    "cmeel",
                    "versions",
                    "every version"),
                Map.of(
                    "path",
                    "cmeel.pth",
                    "line",
                    2,
                    "code",
                    "import acme",
                    "known",
                    false,
                    "shape",
                    "",
                    "versions",
                    "every version")));
  }

  @Test
  void lengthOfTagsIsNoReasonToBlock() {
    TargetReport report = inspect(wheel().build().named("acme-1.0-cp313-cp313-linux_x86_64.whl"));

    assertThat(rules(report.findings())).containsExactly("metadata-tag");
    assertThat(report.findings()).noneMatch(Finding::blocking);
  }

  @Test
  void aWheelInsideIsJudgedAsAWheel() {
    SampleArtifact inner =
        wheel().file("x.pth", "import subprocess; subprocess.Popen('x')\n").build();

    TargetReport report =
        inspect(
            WheelBuilder.wheel("outer", "1")
                .file("outer/" + inner.filename(), inner.bytes())
                .build());

    assertThat(report.findings())
        .filteredOn(Finding::blocking)
        .extracting(Finding::path)
        .containsExactly("outer/acme-1.0-py3-none-any.whl!/x.pth");
  }

  @Test
  void anSdistTellsWhatBuildingItRuns() {
    TargetReport report =
        inspect(
            SdistBuilder.sdist("acme", "1.0")
                .file("setup.py", "import subprocess, setuptools\nsubprocess.Popen(['x'])\n")
                .file("acme_init.pth", "import base64; exec(base64.b64decode('eA=='))\n")
                .file("tests/data/x.pth", "import base64; exec(base64.b64decode('eA=='))\n")
                .build());

    assertThat(report.kind()).isEqualTo(Kind.SDIST);
    assertThat(rules(report.findings()))
        .contains("install-setup-code", "install-backend-path", "startup-pth-exec");
    assertThat(report.findings())
        .filteredOn(Finding::blocking)
        .extracting(Finding::path)
        .containsExactly("acme-1.0/acme_init.pth");
    assertThat(report.details()).containsEntry("project", "acme").containsEntry("version", "1.0");
  }

  @Test
  void anSdistOfAnotherNameIsRefused() {
    SampleArtifact sdist = SdistBuilder.sdist("acme", "1.0").build();

    assertThat(rules(inspect(sdist.named("other-1.0.tar.gz")).findings()))
        .contains("metadata-name");
    assertThat(rules(inspect(sdist.named("acme-1.1.tar.gz")).findings()))
        .contains("metadata-version");
    assertThat(rules(inspect(sdist).findings()))
        .doesNotContain("metadata-name", "metadata-version");
  }

  @Test
  void whatIsNoArchiveIsIncomplete() {
    TargetReport report = inspect("acme-1.0.exe", new byte[] {1, 2, 3});

    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.sha256()).hasSize(64);
  }

  @Test
  void codeTooLargeToLookAtIsIncomplete() {
    SampleArtifact wheel = wheel().file("acme/big.py", "#".repeat(200_000)).build();
    ArtifactInspector inspector =
        new ArtifactInspector(
            new FakeSource(), KnownFindings.none(), 100_000, ArtifactRulesTest::unpacking);

    TargetReport report =
        inspector.inspect("x", wheel.filename(), new SeekableInMemoryByteChannel(wheel.bytes()));

    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.problems()).singleElement().matches(p -> "acme/big.py".equals(p.path()));
  }

  private static Unpacking unpacking() {
    return new ArchiveUnpacking(Limits.DEFAULT, InstantSource.fixed(Instant.EPOCH));
  }

  private static WheelBuilder wheel() {
    return WheelBuilder.wheel("acme", "1.0").file("acme/__init__.py", "");
  }

  private static TargetReport inspect(SampleArtifact artifact) {
    return inspect(artifact.filename(), artifact.bytes());
  }

  private static TargetReport inspect(String filename, byte[] bytes) {
    return new ArtifactInspector(
            new FakeSource(), KnownFindings.none(), 1 << 20, ArtifactRulesTest::unpacking)
        .inspect(filename, filename, new SeekableInMemoryByteChannel(bytes));
  }

  private static List<String> rules(List<Finding> findings) {
    return findings.stream().map(finding -> finding.rule().name()).toList();
  }
}
