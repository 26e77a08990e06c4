package dev.gatehouse.pins.file;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.text.Location;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line, or one table, that wants a project.
 *
 * @param project null where an address or path does not tell
 * @param writtenName as it was spelled; the address or path where there is no name
 * @param specifiers of a locked version, {@code ==} it; empty where any will do
 * @param extras normalised
 * @param marker null where it counts everywhere
 * @param hashes stated for the requirement as a whole
 * @param files that a lock names, each with its hashes
 * @param editable whether its folder is used as it stands
 */
public record Requirement(
    Role role,
    @Nullable ProjectName project,
    String writtenName,
    SpecifierSet specifiers,
    Set<String> extras,
    @Nullable Marker marker,
    Source source,
    boolean editable,
    List<StatedHash> hashes,
    List<LockedFile> files,
    Location location) {
  /** Takes copies. */
  public Requirement {
    extras = Collections.unmodifiableSet(new TreeSet<>(extras));
    hashes = List.copyOf(hashes);
    files = List.copyOf(files);
  }

  /** The one version that it takes, where it takes only one. */
  public Optional<Version> exactVersion() {
    return specifiers.exactVersion();
  }

  /** All hashes, of the requirement and of its files, each once. */
  public List<StatedHash> allHashes() {
    Set<StatedHash> all = new LinkedHashSet<>(hashes);
    files.forEach(file -> all.addAll(file.hashes()));
    return List.copyOf(all);
  }

  /** Whether an index is asked for it. */
  public boolean fromIndex() {
    return source instanceof Source.Index;
  }

  /** Whether it is the project that the file belongs to, or one of its workspace. */
  public boolean isOwn() {
    return source instanceof Source.Own;
  }

  /** The exact pin that it is: asked of an index, in one version. */
  public Optional<ExactPin> exactPin() {
    if (project == null || !fromIndex()) {
      return Optional.empty();
    }
    return exactVersion()
        .map(
            version ->
                new ExactPin(
                    project,
                    version,
                    allHashes().stream().map(StatedHash::hash).toList(),
                    location));
  }

  /** The name, the extras and the specifiers, as they stand there. */
  @Override
  public String toString() {
    return writtenName + (extras.isEmpty() ? "" : extras.toString().replace(" ", "")) + specifiers;
  }
}
