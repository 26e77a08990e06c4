package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.util.List;

/**
 * The environments that a search came upon.
 *
 * @param environments each once, by the folder that its path leads to
 * @param problems where something kept it from looking; paths are the tree's
 */
public record SearchResult(List<Environment> environments, List<Problem> problems) {
  /** Takes copies. */
  public SearchResult {
    environments = List.copyOf(environments);
    problems = List.copyOf(problems);
  }
}
