package dev.gatehouse.cli.lock;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.pins.text.PinFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The versions that a requirement or lock file settles on.
 *
 * @param versions by project and version, each once
 * @param uncovered what the file wants and does not settle, one line each
 */
public record LockedVersions(List<Locked> versions, List<String> uncovered) {
  /** Takes copies. */
  public LockedVersions {
    versions = List.copyOf(versions);
    uncovered = List.copyOf(uncovered);
  }

  /**
   * One version.
   *
   * @param sha256 the only files of it that are meant; empty: the file names none, and all are
   */
  public record Locked(ProjectName project, Version version, Set<Sha256> sha256) {
    /** Takes a copy. */
    public Locked {
      sha256 = Set.copyOf(sha256);
    }

    /** As the administration takes it. */
    public Map<String, Object> members() {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("project", project.normalized());
      members.put("version", version.toString());
      members.put("sha256", sha256.stream().map(Sha256::hex).sorted().toList());
      return members;
    }

    @Override
    public String toString() {
      return project + "==" + version;
    }
  }

  private record Key(ProjectName project, Version version) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::project).thenComparing(Key::version);

    @Override
    public String toString() {
      return project + "==" + version;
    }
  }

  /**
   * Reads a file of any tool.
   *
   * @param environment variables that a requirements file may name
   * @throws CommandFailure where it cannot be read, or settles on nothing
   */
  public static LockedVersions read(Path file, Map<String, String> environment) {
    PinFile read;
    try {
      read = new PinFileReader(name -> Optional.ofNullable(environment.get(name))).read(file);
    } catch (PinFileException | MalformedException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not read the lock: " + e.getMessage() + ".",
          "Give a requirements file with exact versions, or the lock file of pip, uv, poetry, PDM or Pipenv.");
    }
    LockedVersions versions = of(read);
    if (versions.versions().isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "%s settles on no version: no line of it has ==.".formatted(file),
          "Give what the tool resolved: pip freeze, pip-compile, uv lock, poetry lock.");
    }
    return versions;
  }

  static LockedVersions of(PinFile file) {
    Map<Key, List<ExactPin>> pins = new TreeMap<>(Key.ORDER);
    for (ExactPin pin : file.exact()) {
      pins.computeIfAbsent(new Key(pin.project(), pin.version()), _ -> new ArrayList<>()).add(pin);
    }
    List<Locked> versions = new ArrayList<>();
    List<String> uncovered = new ArrayList<>();
    pins.forEach(
        (key, same) -> {
          Set<Sha256> sha256 = new LinkedHashSet<>();
          same.forEach(pin -> pin.hashes().forEach(hash -> sha256(hash).ifPresent(sha256::add)));
          if (sha256.isEmpty() && same.stream().anyMatch(pin -> !pin.hashes().isEmpty())) {
            // Taken for a pin without hashes, it would let in any bytes.
            uncovered.add(
                "%s: none of the hashes of %s is a sha256"
                    .formatted(same.getFirst().location(), key));
          } else {
            versions.add(new Locked(key.project(), key.version(), sha256));
          }
        });
    file.inexact()
        .forEach(
            requirement ->
                uncovered.add(
                    "%s: %s settles on no version of an index"
                        .formatted(requirement.location(), requirement)));
    file.unread()
        .forEach(unread -> uncovered.add("%s: %s".formatted(unread.location(), unread.reason())));
    return new LockedVersions(versions, uncovered);
  }

  private static Optional<Sha256> sha256(FileHash hash) {
    return hash.algorithm().equals("sha256")
        ? Optional.of(Sha256.parse(hash.hex()))
        : Optional.empty();
  }
}
