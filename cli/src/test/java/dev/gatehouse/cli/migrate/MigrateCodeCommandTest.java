package dev.gatehouse.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MigrateCodeCommandTest {
  private static final String PLAIN =
      """
      \"\"\"Words about litellm.completion are no use of it.\"\"\"
      from __future__ import annotations

      import litellm
      from litellm.exceptions import RateLimitError, Timeout

      def ask(question):
          try:
              answer = litellm.completion(
                  model="fast", messages=[{"role": "user", "content": question}], temperature=0)
          except (RateLimitError, Timeout):
              return "later"
          except litellm.BadRequestError as error:
              return str(error)
          return answer.choices[0].message.content

      async def stream(messages):
          async for chunk in await litellm.acompletion(model="fast", messages=messages, stream=True):
              yield chunk.choices[0].delta.content
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "gateway";
    words[1] = "migrate-code";
    words[2] = folder.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return Commands.of(Map.of())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private static SourceMigration migrated(String source) {
    return new SourceMigration(
        "a.py", source.getBytes(StandardCharsets.UTF_8), "http://127.0.0.1:8585/v1");
  }

  private static List<String> found(String source) {
    return migrated(source).uses().stream().map(use -> use.line() + " " + use.what()).toList();
  }

  private void write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void followsEveryNameThatItIsGiven() {
    assertThat(
            found(
                """
                import os, litellm as l
                from litellm import completion as c, Router
                from litellm.utils import token_counter
                l.api_key = os.environ["KEY"]
                r = Router(model_list=[])
                def f():
                    return c(model="a", messages=[]), token_counter(model="a", text="b")
                try:
                    pass
                except l.exceptions.ContextWindowExceededError:
                    raise l.Timeout("x")
                print(f"{l.completion_cost(1)}", l)
                """))
        .containsExactly(
            "1 import os, litellm",
            "2 from litellm import completion, Router",
            "3 from litellm.utils import token_counter",
            "4 litellm.api_key",
            "5 litellm.Router",
            "7 litellm.completion",
            "7 litellm.utils.token_counter",
            "10 litellm.exceptions.ContextWindowExceededError",
            "11 litellm.Timeout",
            "12 litellm",
            "12 litellm.completion_cost");
  }

  @Test
  void takesNoTextAndNoCommentForAUse() {
    assertThat(
            found(
                """
                # import litellm
                print("import litellm; litellm.completion()")
                name = "litellm"
                from notlitellm import completion
                from .litellm import completion as mine
                completion(model="x")
                mine(model="x")
                """))
        .isEmpty();
  }

  @Test
  void findsWhatIsNamedInATextOnly() {
    assertThat(
            found(
                """
                import importlib
                from unittest.mock import patch
                importlib.import_module("litellm")
                @patch("litellm.completion")
                def test(mock): pass
                """))
        .containsExactly("3 import_module(\"litellm\")", "4 patch(\"litellm.completion\")");
  }

  @Test
  void changesAFileOfWhichEveryUseIsPlain() {
    assertThat(migrated(PLAIN).changed())
        .hasValue(
            """
            \"\"\"Words about litellm.completion are no use of it.\"\"\"
            from __future__ import annotations

            import os
            import openai
            from openai import AsyncOpenAI, OpenAI
            from openai import RateLimitError, APITimeoutError as Timeout

            gatehouse = OpenAI(base_url="http://127.0.0.1:8585/v1", api_key=os.environ["GATEHOUSE_API_KEY"])
            gatehouse_async = AsyncOpenAI(base_url="http://127.0.0.1:8585/v1", api_key=os.environ["GATEHOUSE_API_KEY"])


            def ask(question):
                try:
                    answer = gatehouse.chat.completions.create(
                        model="fast", messages=[{"role": "user", "content": question}], temperature=0)
                except (RateLimitError, Timeout):
                    return "later"
                except openai.BadRequestError as error:
                    return str(error)
                return answer.choices[0].message.content

            async def stream(messages):
                async for chunk in await gatehouse_async.chat.completions.create(model="fast", messages=messages, stream=True):
                    yield chunk.choices[0].delta.content
            """);
  }

  @Test
  void keepsLineEndsAndTheEndOfTheFile() {
    assertThat(
            migrated(
                    "from litellm import (\r\n  embedding,\r\n)\r\nx = embedding(model='a', input='b')")
                .changed())
        .hasValue(
            "import os\r\nfrom openai import OpenAI\r\n\r\ngatehouse = OpenAI("
                + "base_url=\"http://127.0.0.1:8585/v1\", api_key=os.environ[\"GATEHOUSE_API_KEY\"])"
                + "\r\n\r\nx = gatehouse.embeddings.create(model='a', input='b')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c('fast', messages=[])",
        "c(model='a', messages=[], api_base='http://x')",
        "c(model='a', **rest)",
        "c(model='a', messages=[], response_format=Answer)",
        "c(model='a', messages=[])['choices']",
        "x = c(model='a', messages=[])\nprint(x['choices'])",
        "x = c(model='a', messages=[])\nprint(x.choices[0]['message'])",
        "x = c(model='a', messages=[])\nprint(x.json())",
        "for x in c(model='a', messages=[], stream=True): print(x['choices'])",
        "def f():\n  return c(model='a', messages=[])\nprint(f()['choices'])",
        "class A:\n  def f(self):\n    self.x = c(model='a', messages=[])\n    self.x['choices']",
        "async def f():\n  x = await c(model='a', messages=[])\n  return [y['z'] for y in x.choices]",
        "def c(x): pass",
        "def f(c): return c(model='a', messages=[])",
        "functools.partial(c, model='a')",
        "import litellm; litellm.drop_params = True",
        "def f():\n  import litellm",
        "gatehouse = c(model='a', messages=[])",
        "c(model='a', messages=[])\n)broken("
      })
  void leavesAFileAloneThatHasOneUseWhichIsNotPlain(String code) {
    SourceMigration migration = migrated("from litellm import completion as c\n" + code + "\n");

    assertThat(migration.changed()).isEmpty();
    assertThat(migration.uses()).isNotEmpty().noneMatch(Use::isPatched);
  }

  @Test
  void changesNoFileThatIsNotUtf8() {
    byte[] latin =
        "# coding: latin-1\nimport litellm\nlitellm.embedding(model='é', input='b')\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    SourceMigration migration = new SourceMigration("a.py", latin, "http://127.0.0.1/v1");

    assertThat(migration.uses()).hasSize(2);
    assertThat(migration.changed()).isEmpty();
  }

  @Test
  void printsAPatchAndWhatItLeaves() throws Exception {
    write("app/plain.py", PLAIN);
    write("app/other.py", "import litellm\nlitellm.set_verbose = True\n");
    write("requirements.txt", "requests\nlitellm[proxy]==1.82.6\nlitellm-extras\n# litellm\n");
    write("pyproject.toml", "[project]\ndependencies = [\n  \"litellm>=1\",\n]\n# litellm\n");
    write("notes.ipynb", "{\"cells\": [{\"source\": [\"import litellm\\n\"]}]}\n");
    write(".venv/lib/x.py", "import litellm\n");
    write("node_modules/x.py", "import litellm\n");

    assertThat(run("--patch", "--gateway", "https://llm.example.com/v1")).isOne();

    assertThat(out.toString())
        .startsWith("--- a/app/plain.py\n+++ b/app/plain.py\n")
        .contains("+gatehouse = OpenAI(base_url=\"https://llm.example.com/v1\", ")
        .contains("# app/other.py:2: litellm.set_verbose\n")
        .contains("# requirements.txt:2: litellm as a requirement\n")
        .contains("# pyproject.toml:3: litellm as a requirement\n")
        .contains("# notes.ipynb:1: a notebook that imports litellm\n")
        .doesNotContain("requirements.txt:3", "requirements.txt:4", "pyproject.toml:5")
        .doesNotContain("venv", "node_modules", "# app/plain.py");
  }

  @Test
  void endsWithNothingWhereThePatchChangesAll() throws Exception {
    write("plain.py", PLAIN);

    assertThat(run("--patch")).isZero();
    assertThat(run()).isOne();
  }

  @Test
  void endsWithNothingWhereNothingUsesIt() throws Exception {
    write("a.py", "print('litellm')\n");

    assertThat(run()).isZero();
    assertThat(out.toString()).isEqualTo("Nothing in 1 files uses LiteLLM.\n");
  }

  @Test
  void tellsWhatItCouldNotRead() throws Exception {
    write("a.py", "x = = 1\n");
    write("large.py", "#".repeat((4 << 20) + 1));

    assertThat(run()).isEqualTo(3);
    assertThat(out.toString())
        .contains("a.py: 1 statements could not be read")
        .contains("large.py has more than");
  }

  @Test
  void listsAsJson() throws Exception {
    write("a.py", "import litellm\nlitellm.embedding(model='a', input='b')\n");

    assertThat(run("--format", "json")).isOne();

    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("schema").stringValue()).isEqualTo("gatehouse-code-migration/1");
    assertThat(report.get("uses").size()).isEqualTo(2);
    assertThat(report.get("uses").get(1).get("line").intValue()).isEqualTo(2);
    assertThat(report.get("uses").get(1).get("replacement").stringValue())
        .isEqualTo("gatehouse.embeddings.create(...)");
    assertThat(report.get("uses").get(1).get("patched").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not an address", "http://x/\"", "file:///x", "http://x/v1\nimport os"})
  void writesNoAddressIntoCodeThatIsNone(String gateway) {
    assertThat(run("--patch", "--gateway", gateway)).isEqualTo(2);
  }

  @Test
  void writesWhatPythonCompiles() throws Exception {
    Path python = folder.resolve("plain.py");
    Files.writeString(python, migrated(PLAIN).changed().orElseThrow());
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-I", "-m", "py_compile", python.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no python3 is on this machine");
      return;
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("said"))).isEmpty();
    assertThat(process.exitValue()).isZero();
  }
}
