package dev.gatehouse.advisories;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is built in about one incident. */
record Incident(
    String id,
    List<String> aliases,
    String summary,
    Map<ProjectName, Set<Version>> versions,
    List<KnownFile> files,
    List<Indicator> indicators,
    List<PersistencePath> persistence,
    List<BadRelease> releases) {}
