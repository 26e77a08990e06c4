package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code [[allow]]} entry: what {@link Mode#ALLOWLIST} lets in, and what {@link Mode#VETTED}
 * lets in although something speaks against it.
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

  /** Whether the rule lets this artifact in. */
  boolean lets(ArtifactName artifact, @Nullable Sha256 bytes) {
    return coversVersionOf(artifact)
        && (sha256.isEmpty() || (bytes != null && sha256.contains(bytes)));
  }

  /** Whether the rule names these very bytes by their hash. */
  boolean namesBytes(ArtifactName artifact, @Nullable Sha256 bytes) {
    return !sha256.isEmpty() && lets(artifact, bytes);
  }

  /**
   * Whether the rule names this one version, with {@code ==}: a range would also let in what is
   * released tomorrow.
   */
  boolean namesVersion(ArtifactName artifact, @Nullable Sha256 bytes) {
    return lets(artifact, bytes)
        && versions.stream()
            .flatMap(set -> set.exactVersion().stream())
            .anyMatch(artifact.version()::equals);
  }
}
