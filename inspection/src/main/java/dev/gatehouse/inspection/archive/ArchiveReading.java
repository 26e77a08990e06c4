package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import java.util.List;

/**
 * How the reading of an archive went.
 *
 * @param findings what is wrong with the archive itself
 * @param problems what could not be read, and which limit was hit
 * @param entries how many were read
 * @param unpackedBytes of all of them
 */
public record ArchiveReading(
    List<Finding> findings, List<Problem> problems, long entries, long unpackedBytes) {
  /** Takes copies. */
  public ArchiveReading {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }
}
