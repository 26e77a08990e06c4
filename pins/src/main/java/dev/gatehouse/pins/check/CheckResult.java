package dev.gatehouse.pins.check;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.pins.text.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a check found, by the file that it stands in; filled while the check goes on. */
public final class CheckResult {
  /** What there is of one file. */
  private static final class OfFile {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
  }

  private final Map<Path, OfFile> files = new LinkedHashMap<>();

  /** Says that a file was looked at, so that it is reported even where nothing is found in it. */
  public void looked(Path file) {
    of(file);
  }

  private OfFile of(Path file) {
    return files.computeIfAbsent(file, _ -> new OfFile());
  }

  void add(Rule rule, Location at, String message, String evidence) {
    add(rule, rule.severity(), at, message, evidence);
  }

  void add(Rule rule, Severity severity, Location at, String message, String evidence) {
    Finding finding = rule.at(shown(at.file()), at.line(), message, evidence);
    boolean blocks = rule.blocking() && severity == rule.severity();
    of(at.file()).findings.add(finding.as(severity, blocks));
  }

  /** Says that something was left open, so that nobody may call the file clean. */
  public void leftOpen(Path file, String why) {
    of(file).problems.add(new Problem(null, why));
  }

  /** The files that were looked at, in order. */
  public List<Path> files() {
    return List.copyOf(files.keySet());
  }

  /** What was found in a file. */
  public List<Finding> findings(Path file) {
    return List.copyOf(of(file).findings);
  }

  /** What was left open about a file. */
  public List<Problem> problems(Path file) {
    return List.copyOf(of(file).problems);
  }

  /** A path as reports have it. */
  public static String shown(Path file) {
    return file.toString().replace('\\', '/');
  }
}
