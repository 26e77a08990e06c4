package dev.gatehouse.findings;

import java.util.List;

/**
 * What a command found out, of all its targets.
 *
 * @param version of the program that looked
 * @param targets in the order in which they are shown
 */
public record Report(String version, List<TargetReport> targets) {
  /** Takes a copy. */
  public Report {
    targets = List.copyOf(targets);
  }

  /** Whether anything as bad as this, or worse, was found. */
  public boolean hasAtLeast(Severity severity) {
    return targets.stream()
        .flatMap(target -> target.findings().stream())
        .anyMatch(finding -> finding.severity().isAtLeast(severity));
  }

  /** Whether anything was left unread. */
  public boolean isIncomplete() {
    return targets.stream().anyMatch(target -> target.status() == Status.INCOMPLETE);
  }
}
