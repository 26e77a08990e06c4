package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.site.InstalledDistribution;
import dev.gatehouse.inspection.startup.ExecutableLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a survey found out. Paths are the tree's.
 *
 * @param details numbers and texts beside the rest
 */
record Outcome(
    List<Finding> findings,
    List<Problem> problems,
    List<ExecutableLine> executable,
    List<InstalledDistribution> distributions,
    Map<String, Object> details) {
  static Outcome of(List<Finding> findings, List<Problem> problems) {
    return new Outcome(findings, problems, List.of(), List.of(), Map.of());
  }

  /** All of several. */
  static Outcome merged(List<Outcome> outcomes) {
    Outcome all =
        new Outcome(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>());
    for (Outcome outcome : outcomes) {
      all.findings.addAll(outcome.findings);
      all.problems.addAll(outcome.problems);
      all.executable.addAll(outcome.executable);
      all.distributions.addAll(outcome.distributions);
      all.details.putAll(outcome.details);
    }
    return all;
  }

  /** With other paths. */
  Outcome map(UnaryOperator<String> paths) {
    return new Outcome(
        findings.stream().map(finding -> at(path(finding.path(), paths), finding)).toList(),
        problems.stream()
            .map(problem -> new Problem(path(problem.path(), paths), problem.message()))
            .toList(),
        executable.stream()
            .map(
                line ->
                    new ExecutableLine(
                        paths.apply(line.path()),
                        line.line(),
                        line.code(),
                        line.known(),
                        line.shape(),
                        line.versions()))
            .toList(),
        distributions,
        details);
  }

  private static @Nullable String path(@Nullable String path, UnaryOperator<String> paths) {
    return path == null ? null : paths.apply(path);
  }

  private static Finding at(@Nullable String path, Finding finding) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.blocking(),
        path,
        finding.line(),
        finding.message(),
        finding.evidence());
  }

  /**
   * Which distributions there are, for the details of a report: under {@code distributions} how
   * many, under {@code installed} each project and version, in order.
   */
  Map<String, Object> installed() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("distributions", distributions.size());
    members.put(
        "installed",
        distributions.stream()
            .map(
                one ->
                    Map.of(
                        "project", one.project().normalized(), "version", one.version().toString()))
            .distinct()
            .sorted(Comparator.comparing((Map<String, String> one) -> one.get("project")))
            .toList());
    return members;
  }

  TargetReport report(String target, Kind kind) {
    Map<String, Object> all = new LinkedHashMap<>(details);
    all.put("executable-pth", executable.stream().map(ExecutableLine::details).toList());
    return new TargetReport(target, kind, null, findings, problems, all);
  }
}
