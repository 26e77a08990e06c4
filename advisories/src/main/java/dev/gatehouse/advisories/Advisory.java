package dev.gatehouse.advisories;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of the OSV schema, cut to what is asked of it here.
 *
 * @param id {@code MAL-2026-2144}
 * @param aliases other ids of the same matter
 * @param severity null where the record does not tell, or tells in CVSS 4 alone
 * @param summary one line, cut; may be empty
 * @param modified the epoch where the record does not tell
 * @param withdrawn since when it does not count any more; null: it counts
 * @param affected of PyPI alone
 */
public record Advisory(
    String id,
    List<String> aliases,
    AdvisoryKind kind,
    @Nullable AdvisorySeverity severity,
    String summary,
    Instant modified,
    @Nullable Instant withdrawn,
    List<AffectedProject> affected) {
  /** Takes copies. */
  public Advisory {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an advisory has an id");
    }
    aliases = List.copyOf(aliases);
    affected = List.copyOf(affected);
  }

  /** Whether a version of a project is meant; nothing is where it was withdrawn. */
  public boolean affects(ProjectName project, Version version) {
    return withdrawn == null
        && affected.stream()
            .anyMatch(entry -> entry.project().equals(project) && entry.contains(version));
  }

  /** The first version after this one that is free of it; empty where none is known. */
  public Optional<Version> fixedIn(ProjectName project, Version version) {
    return affected.stream()
        .filter(entry -> entry.project().equals(project))
        .flatMap(entry -> entry.ranges().stream())
        .flatMap(range -> range.fixAfter(version).stream())
        .filter(fixed -> !affects(project, fixed))
        .min(Comparator.naturalOrder());
  }

  /** Whether a version of a project is the first one without it, on one of its lines. */
  public boolean isFixedIn(ProjectName project, Version version) {
    return withdrawn == null
        && affected.stream()
            .filter(entry -> entry.project().equals(project))
            .flatMap(entry -> entry.ranges().stream())
            .anyMatch(range -> range.isFixedIn(version))
        && !affects(project, version);
  }
}
