package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.List;

/**
 * A {@code [[deny]]} entry: what is refused in every mode.
 *
 * @param project whose artifacts it speaks of
 * @param versions specifier sets of PEP 440, any of which is enough; empty: every version,
 *     pre-releases included
 * @param reason what a person who meets the refusal is told; empty: that a rule denies it
 */
public record DenyRule(ProjectName project, List<SpecifierSet> versions, String reason) {
  public DenyRule {
    versions = List.copyOf(versions);
  }

  boolean covers(ArtifactName artifact) {
    return Versions.cover(project, versions, artifact);
  }
}
