package dev.gatehouse.pins.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.check.CheckResult;
import dev.gatehouse.pins.check.OfflineCheck;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.pins.requirements.RequirementsEditor;
import dev.gatehouse.pins.requirements.RequirementsReader;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, a reading ends and throws nothing but what it documents. */
class HostileTextFuzzTest {
  private static final FileHash HASH = new FileHash("sha256", "a".repeat(64));

  @MethodSource("requirementsFiles")
  @FuzzTest(maxDuration = "10m")
  void requirements(byte[] bytes) {
    try {
      SourceText source = SourceText.of(Path.of("requirements.txt"), bytes);
      checked(RequirementsReader.read(source, _ -> Optional.empty(), Role.DECLARED, _ -> {}));
      pinnedTwice(source);
    } catch (PinFileException e) {
      assertThat(e.expectation()).isNotEmpty();
    }
  }

  @MethodSource("tomlFiles")
  @FuzzTest(maxDuration = "10m")
  void toml(byte[] bytes) {
    for (String name :
        List.of("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pyproject.toml")) {
      read(name, bytes);
    }
  }

  @MethodSource("jsonFiles")
  @FuzzTest(maxDuration = "10m")
  void json(byte[] bytes) {
    read("Pipfile.lock", bytes);
  }

  private static void read(String name, byte[] bytes) {
    try {
      checked(new PinFileReader(_ -> Optional.empty()).read(SourceText.of(Path.of(name), bytes)));
    } catch (PinFileException e) {
      assertThat(e.expectation()).isNotEmpty();
    }
  }

  private static void checked(PinFile file) {
    CheckResult result = new CheckResult();
    OfflineCheck.of(file, false, result);
    assertThat(result.files()).contains(file.path());
  }

  /** What is written reads as what was meant, and changes no more. */
  private static void pinnedTwice(SourceText source) {
    byte[] once = pinned(source);
    assertThat(pinned(SourceText.of(source.file(), once))).isEqualTo(once);
  }

  private static byte[] pinned(SourceText source) {
    RequirementsEditor editor = RequirementsEditor.open(source, _ -> Optional.empty());
    for (RequirementsEditor.Line line : editor.lines()) {
      if (line.requirement().fromIndex()) {
        editor.pin(line, Version.parse("1.0"), List.of(HASH));
      }
    }
    return editor.content();
  }

  static Stream<Arguments> requirementsFiles() {
    return texts(
        "a==1.0 \\\n  --hash=sha256:"
            + "a".repeat(64)
            + "  # c\n-e .\n-r x\n--index-url https://x/\n",
        "a[b] @ https://x/y.whl#sha256=z ; python_version<'3'\n./x\ngit+ssh://u@h/r@t#egg=e\n",
        "a (>=1,<2); (os_name=='nt' or extra=='x') and 'a' not in sys_platform\n");
  }

  static Stream<Arguments> tomlFiles() {
    return texts(
        "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"x\" }\n",
        "[metadata]\ncontent-hash = 'x'\nlock_version = '4'\n[metadata.files]\na = [{file='b',hash='md5:0'}]\n",
        "lock-version = '1.0'\n[[packages]]\nname='a'\nvcs={type='git',url='u',commit-id='c'}\n",
        "[project]\ndependencies=['a']\n[tool.poetry.dependencies]\na={version='^1.2||~3',git='x'}\n");
  }

  static Stream<Arguments> jsonFiles() {
    return texts(
        "{\"_meta\":{\"sources\":[{\"name\":\"p\",\"url\":\"u\"}]},\"default\":{\"a\":{\"version\":\"==1\",\"hashes\":[]}}}");
  }

  private static Stream<Arguments> texts(String... texts) {
    return Stream.of(texts).map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
  }
}
