package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.util.List;

/**
 * What a policy asks of comparisons with the source.
 *
 * @param projects whose artifacts are compared before they are served
 * @param minimumCoverage how many of a hundred files have to be shown to be the source's, of every
 *     artifact that was compared; 0: any
 */
public record CompareRules(List<ProjectPattern> projects, int minimumCoverage) {
  /** Nothing has to be compared. */
  public static final CompareRules NONE = new CompareRules(List.of(), 0);

  /** Takes a copy. */
  public CompareRules {
    projects = List.copyOf(projects);
    if (minimumCoverage < 0 || minimumCoverage > 100) {
      throw new IllegalArgumentException("of a hundred there are not " + minimumCoverage);
    }
  }

  /** Whether a project's artifacts have to be compared. */
  public boolean covers(ProjectName project) {
    return projects.stream().anyMatch(pattern -> pattern.matches(project));
  }
}
