package dev.gatehouse.advisories;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Set;

/**
 * Which versions of a project an advisory means: those that are listed, and those that lie in a
 * range.
 */
public record AffectedProject(
    ProjectName project, Set<Version> versions, List<VersionRange> ranges) {
  /** Takes copies. */
  public AffectedProject {
    versions = Set.copyOf(versions);
    ranges = List.copyOf(ranges);
  }

  /**
   * Whether a version is meant. A local label ({@code 2.0.1+cu118}) is somebody's build of the same
   * version, so both are looked up.
   */
  public boolean contains(Version version) {
    Version released = version.publicVersion();
    return matches(version) || (!released.equals(version) && matches(released));
  }

  private boolean matches(Version version) {
    return versions.contains(version) || ranges.stream().anyMatch(range -> range.contains(version));
  }

  /** Whether all its ranges come to an end, so that later versions can be free of it. */
  boolean isBounded() {
    return ranges.stream()
        .allMatch(
            range ->
                range.events().stream()
                    .anyMatch(event -> event.kind() != VersionRange.EventKind.INTRODUCED));
  }
}
