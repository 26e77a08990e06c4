package dev.gatehouse.vetting.evidence;

import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceSearch;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.vetting.policy.Compared;
import dev.gatehouse.vetting.policy.Inspected;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Inspects artifacts and compares them with their sources. Inspects as many at once as there are
 * processors, since more would only need more memory, and compares one at a time, since that waits
 * for others' servers and two may need the same repository.
 */
final class Examiner {
  private final Inspector inspector;
  private final SourceSearch sources;
  private final Semaphore comparing = new Semaphore(1, true);
  private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  Examiner(Inspector inspector, SourceSearch sources) {
    this.inspector = inspector;
    this.sources = sources;
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

  /** Compares an artifact with the source that its metadata names. */
  Comparison compare(ArtifactName artifact, SeekableByteChannel bytes) throws InterruptedException {
    String name = artifact.filename();
    comparing.acquire();
    try {
      return sources.compare(new SourceSearch.Subject(name, name, bytes), null, null);
    } catch (IOException | MalformedException e) {
      return Comparison.uncompared(name, null, "", List.of(), String.valueOf(e.getMessage()));
    } finally {
      comparing.release();
    }
  }

  /** What a verdict needs of a comparison. */
  static Compared compared(Comparison comparison) {
    Inspected result = inspected(comparison.report(), List.of());
    int proved = comparison.files().isEmpty() ? 0 : (int) (comparison.coverage().ofFiles() * 100);
    return new Compared(result.refusing(), result.holding(), result.unread(), proved);
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
