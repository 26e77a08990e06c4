package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.report.Meter;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;

/**
 * A target that was found, and how it is looked at.
 *
 * @param target as the report names it
 * @param kind what it was taken for
 * @param bytes how much there is to read, for the progress bar; 0 where nobody knows
 */
record Task(String target, Kind kind, long bytes, Inspection inspection) implements Progress.Item {
  /** Looks at one target. Runs once, on a thread of its own. */
  @FunctionalInterface
  interface Inspection {
    /**
     * What there is in it.
     *
     * @param meter is told of each byte that was read
     * @throws IOException where the target itself cannot be read
     */
    TargetReport inspect(Meter meter) throws IOException;
  }
}
