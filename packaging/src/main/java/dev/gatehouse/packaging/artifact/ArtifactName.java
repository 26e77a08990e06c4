package dev.gatehouse.packaging.artifact;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.Optional;

/**
 * The file name of an artifact, read together with the project that it was found under. Every
 * character of it is an ASCII letter or digit or one of {@code . - _ + !}, so it is one path
 * segment on every file system and needs no escaping in HTML.
 */
public sealed interface ArtifactName permits WheelName, SdistName {
  /** The file name as it was written. */
  String filename();

  /** The project, normalised. */
  ProjectName project();

  /** The version. */
  Version version();

  /**
   * Reads a wheel's or an sdist's file name.
   *
   * @throws MalformedException when it is neither (eggs, installers), when its version is not one
   *     of PEP 440, or when its name part is another project's
   */
  static ArtifactName parse(String filename, ProjectName project) {
    return filename.endsWith(WheelName.SUFFIX)
        ? WheelName.parse(filename, project)
        : SdistName.parse(filename, project);
  }

  /** Reads a file name as {@link #parse} does; empty where that would throw. */
  static Optional<ArtifactName> parseIfValid(String filename, ProjectName project) {
    try {
      return Optional.of(parse(filename, project));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
