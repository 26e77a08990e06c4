package dev.gatehouse.vetting.evidence;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.vetting.policy.Inspected;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Inspects artifacts, as many at once as there are processors: more would only need more memory.
 */
final class Examiner {
  private final Inspector inspector;
  private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  Examiner(Inspector inspector) {
    this.inspector = inspector;
  }

  TargetReport examine(ArtifactName artifact, SeekableByteChannel bytes)
      throws InterruptedException {
    permits.acquire();
    try {
      return inspector.artifact(artifact.filename(), artifact.filename(), bytes);
    } finally {
      permits.release();
    }
  }

  /** What a verdict needs of a report; the default policy of findings decides what refuses. */
  static Inspected inspected(TargetReport report, List<String> drift) {
    List<String> refusing = new ArrayList<>();
    List<String> holding = new ArrayList<>();
    for (Finding finding : report.findings()) {
      if (finding.blocking()) {
        refusing.add(text(finding));
      } else if (finding.severity().isAtLeast(Severity.HIGH)) {
        holding.add(text(finding));
      }
    }
    List<String> unread = report.problems().stream().map(Examiner::text).toList();
    return new Inspected(refusing, holding, drift, unread);
  }

  private static String text(Finding finding) {
    String place =
        finding.path() == null
            ? ""
            : finding.path() + (finding.line() == 0 ? ": " : ":" + finding.line() + ": ");
    return place + finding.message() + " (" + finding.rule().name() + ")";
  }

  private static String text(Problem problem) {
    return (problem.path() == null ? "" : problem.path() + ": ") + problem.message();
  }
}
