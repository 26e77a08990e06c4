package dev.gatehouse.inspection.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedCallsTest {
  private static final String SPELLED =
      """
      code = ''
      for number in [112, 114, 105, 110, 116, 40, 49, 41]:
          code += chr(number)
      exec(code)
      """;

  private final CodeInspector inspector = new CodeInspector(List.of());

  private List<String> rules(String source) {
    return inspector
        .python("a/b.py", source.getBytes(StandardCharsets.UTF_8), Moment.IMPORT)
        .findings()
        .stream()
        .map(Finding::rule)
        .map(Rule::name)
        .toList();
  }

  @Test
  void callsThatTellNothingNewDoNotUseUpWhatMayBeSpent() {
    // Each function calls the next one five times with what is only known to be put together.
    StringBuilder source = new StringBuilder();
    IntStream.range(0, 8)
        .forEach(
            i ->
                source
                    .append("def f%d(x):%n    return ".formatted(i))
                    .append("f%d(x) + ".formatted(i + 1).repeat(5))
                    .append("x\n"));
    source.append("def f8(x):\n    return x\nf0(unknown('a' + 'b'))\n");

    assertThat(rules(source + SPELLED)).contains("code-exec-decoded");
  }

  @Test
  void aCallWithAnotherContentIsGoneThroughAgain() {
    assertThat(
            rules(
                """
                import os
                def f(x):
                    return x
                f('true')
                f(os.environ)
                getattr(os, f('sys') + f('tem'))('true')
                """))
        .contains("code-hidden-call");
  }

  @Test
  void aCallWithOtherMarksIsGoneThroughAgain() {
    assertThat(
            rules(
                """
                import base64
                def f(x):
                    exec(x)
                f(unknown('a' + 'b'))
                f(base64.b64decode(unknown))
                """))
        .contains("code-exec-decoded");
  }
}
