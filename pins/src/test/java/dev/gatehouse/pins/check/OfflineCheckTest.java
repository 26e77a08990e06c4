package dev.gatehouse.pins.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfflineCheckTest {
  private static final String HASH = " --hash=sha256:" + "a".repeat(64);

  @TempDir Path folder;

  private PinFile read(String name, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    return new PinFileReader(_ -> Optional.empty()).read(file);
  }

  private static List<String> found(CheckResult result, Path file) {
    return result.findings(file).stream()
        .map(
            finding ->
                "%s:%d:%s".formatted(finding.rule().name(), finding.line(), finding.severity()))
        .toList();
  }

  private List<String> check(String name, String... lines) throws IOException {
    PinFile file = read(name, lines);
    CheckResult result = new CheckResult();
    OfflineCheck.of(file, false, result);
    AdvisoryCheck.of(file, KnownBad.builtIn(), Severity.HIGH, result);
    return found(result, file.path());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo==1.0 HASH |",
        "demo @ https://a.example/demo-1.0.tar.gz#sha256=DIGITS |",
        "demo @ git+https://a.example/demo@0123456789abcdef0123456789abcdef01234567 |",
        "--index-url http://127.0.0.1:8484/simple/ |",
        "-e .[dev] |",
        "-e ../lib | pins-mutable-source:1:MEDIUM",
        "./demo-1.0.tar.gz | pins-mutable-source:1:MEDIUM",
        "demo>=1.0 | pins-not-exact:1:HIGH",
        "demo==1.* | pins-not-exact:1:HIGH",
        "demo HASH | pins-not-exact:1:HIGH",
        "demo==1.0 | pins-no-hash:1:HIGH",
        "demo @ https://a.example/demo-1.0.tar.gz | pins-no-hash:1:HIGH",
        "demo==1.0 --hash=sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | pins-weak-hash:1:HIGH",
        "demo @ git+https://a.example/demo@v1.0 | pins-mutable-source:1:HIGH",
        "git+https://a.example/demo#egg=demo | pins-mutable-source:1:HIGH",
        "demo @ http://a.example/demo-1.0.tar.gz#sha256=DIGITS | pins-mutable-source:1:HIGH",
        "--index-url http://a.example/simple/ | pins-mutable-source:1:HIGH",
        "--extra-index-url https://a.example/simple/ | pins-extra-index:1:HIGH",
        "--find-links https://a.example/ | pins-extra-index:1:HIGH",
        "--find-links ./wheels |",
        "--trusted-host a.example | pins-check-disabled:1:HIGH",
        "--no-require-hashes | pins-check-disabled:1:HIGH",
        "litellm==1.82.8 HASH | pins-known-malware:1:CRITICAL",
        "litellm==1.82.6 HASH |",
      })
  void tellsWhatALineIs(String line, String expected) throws IOException {
    String text = line.replace(" HASH", HASH).replace("DIGITS", "a".repeat(64));

    assertThat(check("requirements.txt", text))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void takesAConstraintForASettledVersion() throws IOException {
    Files.writeString(folder.resolve("c.txt"), "demo==1.0" + HASH + "\nother<2\n");

    assertThat(check("requirements.txt", "demo", "-c c.txt")).isEmpty();
    assertThat(check("constraints.txt", "demo==1.0", "other<2"))
        .containsExactly("pins-not-exact:2:LOW");
  }

  @Test
  void tellsAProjectThatIsNamedTwice() throws IOException {
    String apart = "demo==2.0; python_version >= '3.12'" + HASH;
    String below = "demo==1.0; python_version < '3.12'" + HASH;
    String overlapping = "demo==1.0; python_version < '3.13'" + HASH;

    assertThat(check("requirements.txt", "Demo_A==1.0" + HASH, "demo-a==1.0" + HASH))
        .containsExactly("pins-named-twice:2:MEDIUM");
    assertThat(check("requirements.txt", "demo==1.0" + HASH, "demo==2.0" + HASH))
        .containsExactly("pins-named-twice:2:MEDIUM");
    assertThat(check("requirements.txt", below, apart)).isEmpty();
    assertThat(check("requirements.txt", overlapping, apart))
        .containsExactly("pins-named-twice:2:MEDIUM");
  }

  @Test
  void leavesRangesToTheLockBesideThem() throws IOException {
    PinFile file = read("pyproject.toml", "[project]", "dependencies = ['demo>=1', 'other==1']");
    CheckResult locked = new CheckResult();
    CheckResult open = new CheckResult();
    OfflineCheck.of(file, true, locked);
    OfflineCheck.of(file, false, open);

    assertThat(found(locked, file.path())).isEmpty();
    assertThat(found(open, file.path()))
        .containsExactly("pins-not-exact:2:HIGH", "pins-no-hash:2:HIGH");
  }

  @Test
  void tellsAddressesThatGoRoundTheIndex() throws IOException {
    PinFile file =
        read(
            "uv.lock",
            "version = 1",
            "[[package]]",
            "name = 'demo'",
            "version = '1.0'",
            "source = { registry = 'https://pypi.org/simple' }",
            "wheels = [",
            "  { url = 'https://files.pythonhosted.org/demo-1.0-py3-none-any.whl', hash = 'sha256:"
                + "a".repeat(64)
                + "' },",
            "]");
    CheckResult own = new CheckResult();
    CheckResult pypi = new CheckResult();
    BypassCheck.of(file, URI.create("https://packages.example.com/simple/"), own);
    BypassCheck.of(file, URI.create("https://pypi.org/simple/"), pypi);

    assertThat(found(own, file.path()))
        .containsExactlyInAnyOrder("pins-bypasses-index:3:HIGH", "pins-bypasses-index:7:HIGH");
    assertThat(found(pypi, file.path())).isEmpty();
  }

  @Test
  void neverShowsAPassword() throws IOException {
    PinFile file =
        read(
            "requirements.txt",
            "--extra-index-url http://user:hunter2@a.example/simple/",
            "git+https://user:hunter2@a.example/demo@main#egg=demo",
            "demo2 @ https://user:hunter2@a.example/demo2-1.0.tar.gz");
    CheckResult result = new CheckResult();
    OfflineCheck.of(file, false, result);

    assertThat(result.findings(file.path())).hasSize(4);
    assertThat(result.findings(file.path()).toString()).doesNotContain("hunter2");
  }

  @Test
  void tellsWhatIsIncludedFromAnAddress() throws IOException {
    PinFile file = read("requirements.txt", "-r https://a.example/more.txt");
    CheckResult result = new CheckResult();
    OfflineCheck.of(file, false, result);

    assertThat(found(result, file.path())).containsExactly("pins-mutable-source:1:HIGH");
  }
}
