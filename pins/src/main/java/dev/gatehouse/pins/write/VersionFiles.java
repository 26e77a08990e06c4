package dev.gatehouse.pins.write;

import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.page.HeldFile;
import dev.gatehouse.upstream.PageOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a version whose hashes are written. */
public sealed interface VersionFiles {
  /** At least one, each with a SHA-256. */
  record Found(List<PageFile> files) implements VersionFiles {
    /** Takes a copy. */
    public Found {
      files = List.copyOf(files);
    }

    /** Their SHA-256. */
    public List<FileHash> hashes() {
      return files.stream()
          .map(file -> new FileHash("sha256", file.sha256().orElseThrow().hex()))
          .toList();
    }
  }

  /**
   * None.
   *
   * @param reason a clause
   * @param unanswered whether asking again may help
   */
  record None(String reason, boolean unanswered) implements VersionFiles {}

  /**
   * Takes them from what an index answered.
   *
   * @param onlyAdmitted leave out what a Gatehouse shows but does not serve
   */
  static VersionFiles of(
      @Nullable PageOutcome answer, ProjectName project, Version version, boolean onlyAdmitted) {
    return switch (answer) {
      case PageOutcome.Fresh fresh -> of(fresh.page().files(), version, onlyAdmitted);
      case PageOutcome.Absent _ -> new None("the index has no project " + project, false);
      case PageOutcome.Unavailable unavailable -> new None(unavailable.failure().problem(), true);
      case PageOutcome.NotModified _ -> new None("the index answered nothing new", true);
      case null -> new None("the index was not asked", true);
    };
  }

  private static VersionFiles of(List<PageFile> all, Version version, boolean onlyAdmitted) {
    List<PageFile> files =
        all.stream().filter(file -> file.name().version().equals(version)).toList();
    if (files.isEmpty()) {
      return new None("the index has no file of " + version, false);
    }
    if (files.stream().anyMatch(file -> file.sha256().isEmpty())) {
      return new None("the index does not state the SHA-256 of all files of " + version, false);
    }
    List<PageFile> admitted =
        files.stream().filter(file -> HeldFile.reason(file).isEmpty()).toList();
    if (onlyAdmitted && admitted.isEmpty()) {
      return new None(
          "%s is not admitted: %s".formatted(version, HeldFile.reason(files.getFirst()).orElse("")),
          false);
    }
    return new Found(onlyAdmitted ? admitted : files);
  }
}
