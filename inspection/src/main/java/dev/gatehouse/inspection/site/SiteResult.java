package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.startup.ExecutableLine;
import dev.gatehouse.packaging.record.HashAlgorithm;
import java.util.List;
import java.util.Set;

/**
 * What was found out about a site directory.
 *
 * @param executable all lines of {@code .pth} and {@code .start} files that run, known or not
 * @param distributions what its metadata speaks of
 * @param natives the paths of native libraries and programs, as the archive has them
 * @param abilities what its files of Python do
 * @param unverified algorithms that a RECORD uses and that were not computed: its hashes hold only
 *     after another pass with them
 */
public record SiteResult(
    List<Finding> findings,
    List<Problem> problems,
    List<ExecutableLine> executable,
    List<InstalledDistribution> distributions,
    List<String> natives,
    Abilities abilities,
    Set<HashAlgorithm> unverified) {
  /** Takes copies. */
  public SiteResult {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
    executable = List.copyOf(executable);
    distributions = List.copyOf(distributions);
    natives = List.copyOf(natives);
    unverified = Set.copyOf(unverified);
  }
}
