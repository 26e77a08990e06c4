package dev.gatehouse.comparison.match;

import dev.gatehouse.findings.Problem;
import java.util.List;

/**
 * What became of all files.
 *
 * @param files of the artifact, in its order; then those that it lacks
 * @param differences of its metadata
 * @param problems what was not compared
 */
public record MatchResult(
    List<FileResult> files, List<MetadataDifference> differences, List<Problem> problems) {
  /** Takes copies. */
  public MatchResult {
    files = List.copyOf(files);
    differences = List.copyOf(differences);
    problems = List.copyOf(problems);
  }
}
