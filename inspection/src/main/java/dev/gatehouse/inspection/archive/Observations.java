package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen while an archive was read. Of each rule and severity the first findings are kept
 * and the rest counted, so that an archive of nothing but faults stays readable.
 */
final class Observations {
  private static final int MOST = 50;

  private record Fact(Rule rule, Severity severity, boolean blocking) {}

  private final List<Finding> findings = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Fact, Integer> counts = new HashMap<>();
  private String current = "";
  private int problemCount;
  private long entries;
  private long unpacked;

  void add(Finding finding) {
    Fact fact = new Fact(finding.rule(), finding.severity(), finding.blocking());
    if (counts.merge(fact, 1, Integer::sum) <= MOST) {
      findings.add(finding);
    }
  }

  /** Something was not read; an empty path stands for the archive as a whole. */
  void problem(String path, String message) {
    problemCount++;
    if (problemCount <= MOST) {
      problems.add(new Problem(path.isEmpty() ? null : path, message));
    }
  }

  /** Counts an entry, and remembers it as the one that is being read. */
  void entry(String path) {
    entries++;
    current = path;
  }

  /** The entry that is being read; empty before the first. */
  String current() {
    return current;
  }

  void unpacked(long bytes) {
    unpacked += bytes;
  }

  ArchiveReading reading() {
    List<Finding> all = new ArrayList<>(findings);
    counts.forEach(
        (fact, count) -> {
          if (count > MOST) {
            all.add(
                fact.rule()
                    .onTarget("There are %d more of these.".formatted(count - MOST))
                    .as(fact.severity(), fact.blocking()));
          }
        });
    List<Problem> unread = new ArrayList<>(problems);
    if (problemCount > MOST) {
      unread.add(new Problem(null, "%d more of these".formatted(problemCount - MOST)));
    }
    return new ArchiveReading(all, unread, entries, unpacked);
  }
}
