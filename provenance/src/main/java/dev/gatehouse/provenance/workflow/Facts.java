package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Gathers what is found: of a rule one finding at a line, however many jobs come by there. */
final class Facts {
  /** Tokens of PyPI and TestPyPI begin so (base64 of a macaroon). */
  private static final Pattern TOKEN = Pattern.compile("pypi-[A-Za-z0-9_-]{16,}");

  private final Map<Place, Finding> found = new LinkedHashMap<>();

  private record Place(Rule rule, String path, int line) {}

  /** A finding with the severity of its rule; the line is shown. */
  void add(Rule rule, WorkflowFile file, int line, String message) {
    add(rule, rule.severity(), file, line, message);
  }

  /** A finding; the line is shown. */
  void add(Rule rule, Severity severity, WorkflowFile file, int line, String message) {
    add(rule, severity, file.path(), line, message, shown(file, line));
  }

  /** A finding whose line holds what nobody should see again. */
  void addHidden(Rule rule, Severity severity, String path, int line, String message) {
    add(rule, severity, path, line, message, "");
  }

  private void add(
      Rule rule, Severity severity, String path, int line, String message, String evidence) {
    found.putIfAbsent(
        new Place(rule, path, line),
        rule.at(path, line, message, evidence)
            .as(severity, rule.blocking() && severity == Severity.CRITICAL));
  }

  private static String shown(WorkflowFile file, int line) {
    String text = line <= file.lines().size() ? file.lines().get(line - 1) : "";
    return TOKEN.matcher(text).replaceAll("pypi-…");
  }

  List<Finding> all() {
    return List.copyOf(found.values());
  }

  /** Tokens by their form, wherever they stand in a file. */
  void addTokensOf(WorkflowFile file) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (TOKEN.matcher(lines.get(i)).find()) {
        addHidden(
            PublisherRules.HARDCODED_TOKEN,
            Severity.CRITICAL,
            file.path(),
            i + 1,
            "A token of PyPI stands here: whoever can read the repository can publish.");
      }
    }
  }
}
