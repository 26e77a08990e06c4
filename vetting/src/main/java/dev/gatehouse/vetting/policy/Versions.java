package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.List;

/** Whether a rule's project and versions cover an artifact. */
final class Versions {
  private Versions() {}

  /**
   * Pre-releases count like any other version: a rule that denies {@code <2} must not let {@code
   * 1.9rc1} pass because an installer would not choose it by itself.
   */
  static boolean cover(ProjectName project, List<SpecifierSet> versions, ArtifactName artifact) {
    return project.equals(artifact.project())
        && (versions.isEmpty()
            || versions.stream().anyMatch(set -> set.contains(artifact.version(), true)));
  }
}
