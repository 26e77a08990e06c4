package dev.gatehouse.pins.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.text.PinFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinFileReaderTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @TempDir Path folder;

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private PinFile read(String name, String... lines) throws IOException {
    return reader(Map.of()).read(write(name, lines));
  }

  private static PinFileReader reader(Map<String, String> environment) {
    return new PinFileReader(name -> Optional.ofNullable(environment.get(name)));
  }

  private PinFileException refusal(String name, String... lines) throws IOException {
    Path file = write(name, lines);
    try {
      reader(Map.of()).read(file);
    } catch (PinFileException e) {
      return e;
    }
    throw new AssertionError("it was read");
  }

  private static List<String> names(PinFile file) {
    return file.requirements().stream().map(Requirement::toString).toList();
  }

  @Test
  void readsRequirementsAsPipDoes() throws IOException {
    PinFile file =
        read(
            "requirements.txt",
            "# what we need",
            "--index-url https://pypi.org/simple",
            "--extra-ind=https://extra.example/simple",
            "",
            "Flask[async]==3.0.0 ; python_version >= '3.9' \\",
            "    --hash=sha256:" + A + " \\",
            "    --hash=sha256:" + B,
            "demo @ https://files.example/demo-1.0-py3-none-any.whl#sha256=" + A,
            "-e git+https://git.example/repo@main#egg=repo",
            "./local[extra]",
            "requests>=2,<3  # loose");

    assertThat(file.format()).isEqualTo(Format.REQUIREMENTS);
    assertThat(names(file))
        .containsExactly(
            "Flask[async]==3.0.0",
            "demo",
            "git+https://git.example/repo@main#egg=repo",
            "./local[extra]",
            "requests<3,>=2");
    Requirement flask = file.requirements().getFirst();
    assertThat(flask.location().line()).isEqualTo(5);
    assertThat(flask.marker()).hasToString("python_version >= \"3.9\"");
    assertThat(flask.hashes()).extracting(hash -> hash.location().line()).containsExactly(6, 7);
    assertThat(flask.hashes()).extracting(hash -> hash.location().column()).containsExactly(5, 5);
    assertThat(file.requirements().get(1).source())
        .isEqualTo(new Source.Archive("https://files.example/demo-1.0-py3-none-any.whl"));
    assertThat(file.requirements().get(1).hashes()).hasSize(1);
    assertThat(file.requirements().get(2).source())
        .isEqualTo(new Source.Repository("git", "https://git.example/repo", "main"));
    assertThat(file.requirements().get(2).editable()).isTrue();
    assertThat(file.requirements().get(3).source()).isEqualTo(new Source.Local("./local"));
    assertThat(file.options())
        .extracting(IndexOption::kind)
        .containsExactly(IndexOption.Kind.INDEX, IndexOption.Kind.EXTRA_INDEX);
    assertThat(file.exact())
        .extracting(ExactPin::toString)
        .singleElement()
        .asString()
        .contains("flask", A, B);
    assertThat(file.inexact()).extracting(Requirement::writtenName).contains("requests", "demo");
  }

  @Test
  void readsWhatItIncludesInItsPlace() throws IOException {
    write("base/common.txt", "attrs==1.0");
    write("constraints.txt", "attrs<2");

    PinFile file =
        read("requirements.txt", "first==1", "-r base/common.txt", "-cconstraints.txt", "last==1");

    assertThat(names(file)).containsExactly("first==1", "attrs==1.0", "attrs<2", "last==1");
    assertThat(file.requirements().get(1).location().file()).endsWith(Path.of("base/common.txt"));
    assertThat(file.requirements())
        .extracting(Requirement::role)
        .containsExactly(Role.DECLARED, Role.DECLARED, Role.CONSTRAINT, Role.DECLARED);
  }

  @Test
  void doesNotFetchWhatItIncludes() throws IOException {
    PinFile file = read("requirements.txt", "-r https://example.com/more.txt");

    assertThat(file.unread()).singleElement().extracting(u -> u.location().line()).isEqualTo(1);
  }

  @Test
  void replacesVariablesThatAreSet() throws IOException {
    Path path = write("requirements.txt", "demo==${DEMO_VERSION}", "--index-url ${UNSET}");

    PinFile file = reader(Map.of("DEMO_VERSION", "1.2")).read(path);

    assertThat(names(file)).containsExactly("demo==1.2");
    assertThat(file.options().getFirst().value()).isEqualTo("${UNSET}");
  }

  @Test
  void readsTheUtf16OfPowerShell() throws IOException {
    Path path = folder.resolve("requirements.txt");
    Files.write(path, "\ufeffdemo==1.0\r\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(names(reader(Map.of()).read(path))).containsExactly("demo==1.0");
  }

  @Test
  void endsLinesWherePipDoes() throws IOException {
    PinFile file = read("requirements.txt", "# only a comment\u2028hidden==1.0");

    assertThat(names(file)).containsExactly("hidden==1.0");
  }

  @Test
  void readsPylock() throws IOException {
    PinFile file =
        read(
            "pylock.dev.toml",
            "lock-version = '1.0'",
            "created-by = 'demo'",
            "[[packages]]",
            "name = 'attrs'",
            "version = '25.1.0'",
            "marker = \"python_version >= '3.9'\"",
            "index = 'https://pypi.org/simple/'",
            "wheels = [",
            "  {name = 'attrs-25.1.0-py3-none-any.whl', upload-time = 2025-01-25T11:30:10Z, url = 'https://files.pythonhosted.org/packages/attrs-25.1.0-py3-none-any.whl', hashes = {sha256 = '"
                + A
                + "'}},",
            "]",
            "[[packages]]",
            "name = 'repo'",
            "vcs = {type = 'git', url = 'https://git.example/repo', commit-id = '"
                + "c".repeat(40)
                + "'}");

    assertThat(file.format()).isEqualTo(Format.PYLOCK);
    assertThat(names(file)).containsExactly("attrs==25.1.0", "repo");
    Requirement attrs = file.requirements().getFirst();
    assertThat(attrs.source()).isEqualTo(new Source.Index("https://pypi.org/simple/"));
    assertThat(attrs.location().line()).isEqualTo(4);
    assertThat(attrs.files()).singleElement().extracting(f -> f.location().line()).isEqualTo(9);
    assertThat(attrs.allHashes()).singleElement().extracting(h -> h.hash().hex()).isEqualTo(A);
    assertThat(file.requirements().get(1).source())
        .isInstanceOfSatisfying(
            Source.Repository.class, repo -> assertThat(repo.isCommit()).isTrue());
  }

  @Test
  void readsUvLock() throws IOException {
    PinFile file =
        read(
            "uv.lock",
            "version = 1",
            "requires-python = \">=3.12\"",
            "[[package]]",
            "name = \"app\"",
            "version = \"0.1.0\"",
            "source = { virtual = \".\" }",
            "dependencies = [{ name = \"attrs\" }]",
            "[[package]]",
            "name = \"attrs\"",
            "version = \"25.1.0\"",
            "source = { registry = \"https://pypi.org/simple\" }",
            "sdist = { url = \"https://files.pythonhosted.org/a/attrs-25.1.0.tar.gz\", hash = \"sha256:"
                + A
                + "\", size = 1 }",
            "wheels = [",
            "    { url = \"https://files.pythonhosted.org/b/attrs-25.1.0-py3-none-any.whl\", hash = \"sha256:"
                + B
                + "\", size = 2 },",
            "]");

    assertThat(file.exact()).singleElement().extracting(pin -> pin.hashes().size()).isEqualTo(2);
    assertThat(file.inexact()).isEmpty();
    assertThat(file.requirements().get(0).isOwn()).isTrue();
    assertThat(file.requirements().get(1).files())
        .extracting(f -> f.filename() + ":" + f.location().line())
        .containsExactly("attrs-25.1.0.tar.gz:12", "attrs-25.1.0-py3-none-any.whl:14");
  }

  @Test
  void readsPoetryLocksOldAndNew() throws IOException {
    PinFile now =
        read(
            "poetry.lock",
            "[[package]]",
            "name = \"attrs\"",
            "version = \"25.1.0\"",
            "optional = false",
            "groups = [\"main\"]",
            "markers = \"python_version >= \\\"3.9\\\"\"",
            "files = [",
            "    {file = \"attrs-25.1.0-py3-none-any.whl\", hash = \"sha256:" + A + "\"},",
            "]",
            "[package.extras]",
            "dev = [\"cloudpickle ; platform_python_implementation == \\\"CPython\\\"\"]",
            "[metadata]",
            "lock-version = \"2.1\"",
            "content-hash = \"" + B + "\"");
    PinFile old =
        read(
            "old/poetry.lock",
            "[[package]]",
            "name = \"attrs\"",
            "version = \"20.1.0\"",
            "[metadata]",
            "lock-version = \"1.1\"",
            "content-hash = \"" + B + "\"",
            "[metadata.files]",
            "attrs = [",
            "    {file = \"attrs-20.1.0-py2.py3-none-any.whl\", hash = \"sha256:" + A + "\"},",
            "]");

    assertThat(now.exact()).singleElement().extracting(pin -> pin.hashes().size()).isEqualTo(1);
    assertThat(old.exact()).singleElement().extracting(pin -> pin.hashes().size()).isEqualTo(1);
    assertThat(now.requirements().getFirst().marker()).isNotNull();
  }

  @Test
  void readsPdmLock() throws IOException {
    PinFile file =
        read(
            "pdm.lock",
            "[metadata]",
            "groups = [\"default\"]",
            "strategy = [\"inherit_metadata\"]",
            "lock_version = \"4.5.0\"",
            "[[package]]",
            "name = \"httpx\"",
            "version = \"0.27.0\"",
            "files = [{file = \"httpx-0.27.0-py3-none-any.whl\", hash = \"sha256:" + A + "\"}]",
            "[[package]]",
            "name = \"httpx\"",
            "version = \"0.27.0\"",
            "extras = [\"http2\"]",
            "marker = \"python_version >= '3.8'\"",
            "[[package]]",
            "name = \"repo\"",
            "version = \"1.0\"",
            "git = \"https://git.example/repo\"",
            "revision = \"" + "d".repeat(40) + "\"");

    assertThat(file.exact()).extracting(pin -> pin.hashes().size()).containsExactly(1, 1);
    assertThat(file.inexact()).extracting(Requirement::writtenName).containsExactly("repo");
  }

  @Test
  void readsPipfileLock() throws IOException {
    PinFile file =
        read(
            "Pipfile.lock",
            "{",
            "    \"_meta\": {",
            "        \"hash\": {\"sha256\": \"" + B + "\"},",
            "        \"pipfile-spec\": 6,",
            "        \"requires\": {},",
            "        \"sources\": [{\"name\": \"pypi\", \"url\": \"https://pypi.org/simple\", \"verify_ssl\": false}]",
            "    },",
            "    \"default\": {",
            "        \"attrs\": {",
            "            \"hashes\": [",
            "                \"sha256:" + A + "\"",
            "            ],",
            "            \"index\": \"pypi\",",
            "            \"markers\": \"python_version >= '3.9'\",",
            "            \"version\": \"==25.1.0\"",
            "        }",
            "    },",
            "    \"develop\": {\"pytest\": {\"version\": \"*\"}}",
            "}");

    assertThat(names(file)).containsExactly("attrs==25.1.0", "pytest");
    assertThat(file.requirements().getFirst().location().line()).isEqualTo(9);
    assertThat(file.requirements().getFirst().hashes())
        .singleElement()
        .extracting(hash -> hash.location().line())
        .isEqualTo(11);
    assertThat(file.options())
        .extracting(IndexOption::kind)
        .containsExactly(IndexOption.Kind.INDEX, IndexOption.Kind.TRUSTED_HOST);
  }

  @Test
  void readsAllTablesOfPyproject() throws IOException {
    PinFile file =
        read(
            "pyproject.toml",
            "[build-system]",
            "requires = [\"hatchling\"]",
            "[project]",
            "name = \"app\"",
            "dependencies = [\"httpx[http2]>=0.27\"]",
            "[project.optional-dependencies]",
            "cli = [\"rich==13.0\"]",
            "[dependency-groups]",
            "test = [\"pytest\", {include-group = \"lint\"}]",
            "lint = [\"ruff==0.9\"]",
            "[tool.poetry.dependencies]",
            "python = \"^3.9\"",
            "requests = \"^2.13\"",
            "exact = \"1.2\"",
            "local = {path = \"../local\", develop = true}",
            "[[tool.poetry.source]]",
            "name = \"acme\"",
            "url = \"https://acme.example/simple\"",
            "priority = \"supplemental\"");

    assertThat(names(file))
        .containsExactly(
            "httpx[http2]>=0.27",
            "rich==13.0",
            "pytest",
            "ruff==0.9",
            "hatchling",
            "requests<3,>=2.13",
            "exact==1.2",
            "local");
    assertThat(file.requirements().get(4).role()).isEqualTo(Role.BUILD);
    assertThat(file.options())
        .extracting(IndexOption::kind)
        .containsExactly(IndexOption.Kind.EXTRA_INDEX);
  }

  @Test
  void knowsALockByWhatIsInIt() throws IOException {
    assertThat(read("locked.toml", "lock-version = \"1.0\"").format()).isEqualTo(Format.PYLOCK);
    assertThat(read("deps.json", "{\"_meta\": {}}").format()).isEqualTo(Format.PIPFILE_LOCK);
    assertThat(refusal("other.toml", "a = 1")).hasMessageContaining("expected a pyproject.toml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo==1.0 oops | 1 | 1 | expected",
        "demo==banana | 1 | 1 | not one of PEP 440",
        "demo --hash=sha256:12 | 1 | 6 | expected 64 hex digits",
        "demo --hash=crc32:12 | 1 | 6 | expected sha256",
        "--unknown | 1 | 1 | expected an option that pip takes",
        "--no | 1 | 1 | expected one of",
        "--index-url | 1 | 1 | expected a value after --index-url",
        "-r requirements.txt | 1 | 1 | does not include itself",
        "demo; python_versoin < '3' | 1 | 1 | expected a marker variable",
        "demo --hash='sha256:12 | 1 | 13 | expected a closing",
      })
  void saysWhereALineIsWrong(String line, int number, int column, String expected)
      throws IOException {
    PinFileException refusal = refusal("requirements.txt", line);

    assertThat(refusal.location().orElseThrow().line()).isEqualTo(number);
    assertThat(refusal.location().orElseThrow().column()).isEqualTo(column);
    assertThat(refusal.expectation()).contains(expected);
  }

  @Test
  void refusesACircleOfFiles() throws IOException {
    write("other.txt", "-r requirements.txt");

    PinFileException refusal = refusal("requirements.txt", "-r ./sub/../other.txt");

    assertThat(refusal)
        .hasMessageContaining("other.txt:1:1: expected a file that does not include");
  }

  @Test
  void refusesFilesThatIncludeEachOtherManyTimesOver() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("part" + i + ".txt", "-r part" + (i + 1) + ".txt", "-r part" + (i + 1) + ".txt");
    }
    write("part20.txt", "demo");

    assertThat(refusal("requirements.txt", "-r part0.txt"))
        .hasMessageContaining("at most 1000 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"requirements.txt", "uv.lock", "Pipfile.lock", "pyproject.toml"})
  void refusesBinaryAndHugeFiles(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, new byte[] {'a', 0, 'b'});
    assertThatThrownBy(() -> reader(Map.of()).read(file))
        .isInstanceOf(PinFileException.class)
        .hasMessageContaining(name + ":1:2: expected text, not a NUL");

    Files.write(file, new byte[] {'a', (byte) 0xc3, 'b'});
    assertThatThrownBy(() -> reader(Map.of()).read(file))
        .hasMessageContaining("expected text in UTF-8");

    Files.write(file, new byte[(16 << 20) + 1]);
    assertThatThrownBy(() -> reader(Map.of()).read(file)).hasMessageContaining("at most 16 MiB");
  }

  @Test
  void refusesHostileNesting() throws IOException {
    assertThat(refusal("uv.lock", "a = " + "[".repeat(100_000)))
        .hasMessageContaining("uv.lock:1:69: expected at most 64 arrays");
    assertThat(refusal("Pipfile.lock", "{\"a\": " + "[".repeat(100_000)))
        .hasMessageContaining("Pipfile.lock:1:");
    assertThat(refusal("requirements.txt", "demo; " + "(".repeat(1_000)))
        .hasMessageContaining("at most 64 nested parentheses");
  }

  @Test
  void saysWhatALockLacks() throws IOException {
    assertThat(refusal("uv.lock", "version = 1", "[[package]]", "version = \"1.0\""))
        .hasMessageContaining("uv.lock:2:1: expected 'name' in this table, a string");
    assertThat(refusal("poetry.lock", "[[package]]", "name = 3", "[metadata]"))
        .hasMessageContaining("poetry.lock:2:8: expected 'name' to be a string, not 3");
    assertThat(refusal("Pipfile.lock", "{\"_meta\": {}, \"default\": {\"a\": 1}}"))
        .hasMessageContaining("expected 'a' to be a table, not 1");
  }
}
