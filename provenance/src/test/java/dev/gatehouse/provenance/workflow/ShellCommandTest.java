package dev.gatehouse.provenance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
  private static List<String> shown(String script) {
    return ShellCommand.of(script).stream()
        .map(
            command ->
                "%d-%d%s %s"
                    .formatted(
                        command.firstLine(),
                        command.lastLine(),
                        command.alone() ? "" : " shared",
                        String.join("|", command.words())))
        .toList();
  }

  @Test
  void splitsLinesListsAndPipes() {
    assertThat(shown("a b && c; d | e\nf 2>&1 # g\n\nh"))
        .containsExactly(
            "0-0 shared a|b",
            "0-0 shared c",
            "0-0 shared d",
            "0-0 shared e",
            "1-1 f|2>&1",
            "3-3 h");
  }

  @Test
  void joinsContinuationsAndQuotes() {
    assertThat(shown("twine upload \\\n  --repository 'a b' \\\n  \"x\ny\"\nls"))
        .containsExactly("0-3 twine|upload|--repository|a b|x\ny", "4-4 ls");
  }

  @Test
  void takesAnExpressionForOneWord() {
    assertThat(shown("echo ${{ a && 'b c' }}-d")).containsExactly("0-0 echo|${{ a && 'b c' }}-d");
  }

  @Test
  void passesOverHeredocs() {
    assertThat(shown("cat > f <<'EOF'\ntwine upload dist/*\nEOF\nls"))
        .containsExactly("0-0 cat|>|f", "3-3 ls");
  }

  @Test
  void looksThroughWhatOnlyStartsAnother() {
    for (String line :
        List.of(
            "twine upload x",
            "python3.12 -m twine upload x",
            "sudo A=b python -m twine upload x",
            "uv run twine upload x",
            "uvx --from twine twine upload x",
            "pipx run twine upload x",
            "if poetry run twine upload x; then true; fi")) {
      assertThat(ShellCommand.of(line).getFirst().words())
          .as(line)
          .containsExactly("twine", "upload", "x");
    }
  }

  @Test
  void readsWhatIsCutOff() {
    for (String script : List.of("'", "\"", "\\", "${{", "<<", "a <<E", "`", "$(", "a \\\n")) {
      assertThat(ShellCommand.of(script)).as(script).hasSizeLessThanOrEqualTo(1);
    }
  }
}
