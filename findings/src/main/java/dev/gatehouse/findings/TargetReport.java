package dev.gatehouse.findings;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one target.
 *
 * @param target what was looked at, as the user named it or as it was come upon
 * @param sha256 64 lower-case hex digits, of an artifact; null where the target is no single file
 * @param findings worst first, then by path and line; the same fact once
 * @param problems what could not be read
 * @param details what is particular to the kind: text, numbers, booleans, lists and maps of them,
 *     in the order in which it is shown
 */
public record TargetReport(
    String target,
    Kind kind,
    @Nullable String sha256,
    List<Finding> findings,
    List<Problem> problems,
    Map<String, Object> details) {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(finding -> !finding.blocking())
          .thenComparing(finding -> finding.path() == null ? "" : finding.path())
          .thenComparingInt(Finding::line)
          .thenComparing(finding -> finding.rule().name())
          .thenComparing(Finding::message);

  /** Sorts, and takes copies. */
  public TargetReport {
    findings = findings.stream().distinct().sorted(WORST_FIRST).toList();
    problems = problems.stream().distinct().toList();
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** Derived, so that what was not read can never be called clean. */
  public Status status() {
    if (!problems.isEmpty()) {
      return Status.INCOMPLETE;
    }
    return findings.stream().allMatch(finding -> finding.severity() == Severity.INFO)
        ? Status.CLEAN
        : Status.FINDINGS;
  }
}
