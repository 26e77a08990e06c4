package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.List;
import java.util.Set;

/**
 * An {@code [[allow]]} entry: what {@link Mode#ALLOWLIST} lets in.
 *
 * @param project whose artifacts it speaks of
 * @param versions specifier sets of PEP 440, any of which is enough; empty: every version,
 *     pre-releases included
 * @param sha256 the only files that it lets in; empty: any file of those versions
 */
public record AllowRule(ProjectName project, List<SpecifierSet> versions, Set<Sha256> sha256) {
  public AllowRule {
    versions = List.copyOf(versions);
    sha256 = Set.copyOf(sha256);
  }

  /** Whether the rule speaks of this artifact's project and version, whatever its bytes. */
  boolean coversVersionOf(ArtifactName artifact) {
    return Versions.cover(project, versions, artifact);
  }

  /** Whether the rule names these very bytes by their hash. */
  boolean names(ArtifactName artifact, Sha256 bytes) {
    return sha256.contains(bytes) && coversVersionOf(artifact);
  }
}
