package dev.gatehouse.inspection.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import java.util.Base64;
import java.util.List;

/** Judges a source of a few lines as a module that is imported. */
final class Judging {
  private static final CodeInspector INSPECTOR = new CodeInspector(List.of());

  /** What {@code PAYLOAD} stands for: it decodes something and executes it. */
  private static final String PAYLOAD =
      "exec(__import__('base64').b64decode('%s'))"
          .formatted(Base64.getEncoder().encodeToString("print('hello')".getBytes(UTF_8)));

  private Judging() {}

  /** The rules that refuse it. */
  static List<String> refusals(String... lines) {
    String source = String.join("\n", lines).replace("PAYLOAD", PAYLOAD) + "\n";
    return INSPECTOR.python("a.py", source.getBytes(UTF_8), Moment.IMPORT).findings().stream()
        .filter(Finding::blocking)
        .map(finding -> finding.rule().name())
        .toList();
  }
}
