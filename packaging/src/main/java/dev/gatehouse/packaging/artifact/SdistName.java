package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An sdist's file name: {@code name-version} and a suffix. PEP 625 allows one dash only, but names
 * older than it hold dashes in project and version ({@code foo-bar-1.0-rc1.zip}); the project it
 * was found under tells where the version begins, as pip does it.
 */
public final class SdistName implements ArtifactName {
  private static final List<String> SUFFIXES =
      List.of(".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz");

  private final String filename;
  private final ProjectName project;
  private final Version version;
  private final String suffix;

  private SdistName(String filename, ProjectName project, Version version, String suffix) {
    this.filename = filename;
    this.project = project;
    this.version = version;
    this.suffix = suffix;
  }

  /**
   * Reads the file name of one of the project's sdists.
   *
   * @throws MalformedException when it is not an sdist's, is another project's, or names no version
   *     of PEP 440
   */
  public static SdistName parse(String filename, ProjectName project) {
    SafeFilename.require(filename);
    String suffix =
        SUFFIXES.stream()
            .filter(filename::endsWith)
            .findFirst()
            .orElseThrow(
                () ->
                    new MalformedException(
                        "neither a wheel nor an sdist by its suffix: " + quoted(filename)));
    String stem = filename.substring(0, filename.length() - suffix.length());
    for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
      if (ProjectName.parseIfValid(stem.substring(0, dash)).filter(project::equals).isPresent()) {
        Version version =
            Version.parseIfValid(stem.substring(dash + 1))
                .orElseThrow(
                    () ->
                        new MalformedException(
                            "an sdist's version is one of PEP 440, unlike in " + quoted(filename)));
        return new SdistName(filename, project, version, suffix);
      }
    }
    throw new MalformedException(
        "an sdist of %s is not called %s".formatted(project, quoted(filename)));
  }

  @Override
  public String filename() {
    return filename;
  }

  @Override
  public ProjectName project() {
    return project;
  }

  @Override
  public Version version() {
    return version;
  }

  /** The archive's suffix with its dot: {@code .tar.gz}. */
  public String suffix() {
    return suffix;
  }

  /** The project counts: where names hold dashes, one file name can be read under two. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SdistName name
        && filename.equals(name.filename)
        && project.equals(name.project);
  }

  @Override
  public int hashCode() {
    return Objects.hash(filename, project);
  }

  /** The file name. */
  @Override
  public String toString() {
    return filename;
  }
}
