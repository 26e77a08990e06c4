package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wheel's file name (PEP 427): {@code name-version[-build]-python-abi-platform.whl}. It is
 * refused wherever the reference implementation refuses it, and besides where a tag is empty or
 * holds anything but letters, digits and underscores.
 */
public final class WheelName implements ArtifactName {
  static final String SUFFIX = ".whl";

  private final String filename;
  private final ProjectName project;
  private final Version version;
  private final @Nullable String build;
  private final List<String> pythonTags;
  private final List<String> abiTags;
  private final List<String> platformTags;

  private WheelName(String filename, List<String> parts) {
    int last = parts.size() - 1;
    this.filename = filename;
    this.project = project(parts.getFirst(), filename);
    this.version =
        Version.parseIfValid(parts.get(1))
            .orElseThrow(() -> malformed("its version is one of PEP 440", filename));
    this.build = parts.size() == 6 ? build(parts.get(2), filename) : null;
    this.pythonTags = tags(parts.get(last - 2), filename);
    this.abiTags = tags(parts.get(last - 1), filename);
    this.platformTags = tags(parts.get(last), filename);
  }

  /**
   * Reads a file name.
   *
   * @throws MalformedException when it is not a wheel's
   */
  public static WheelName parse(String filename) {
    SafeFilename.require(filename);
    if (!filename.endsWith(SUFFIX)) {
      throw malformed("it ends with .whl", filename);
    }
    List<String> parts =
        List.of(filename.substring(0, filename.length() - SUFFIX.length()).split("-", -1));
    if (parts.size() != 5 && parts.size() != 6) {
      throw malformed("it has five parts or six", filename);
    }
    return new WheelName(filename, parts);
  }

  /**
   * Reads the file name of one of the project's wheels.
   *
   * @throws MalformedException when it is not a wheel's, or is another project's
   */
  static WheelName parse(String filename, ProjectName project) {
    WheelName name = parse(filename);
    if (!name.project.equals(project)) {
      throw new MalformedException(
          "a wheel of %s is not called %s".formatted(project, quoted(filename)));
    }
    return name;
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

  /** The build tag as it was written; it begins with a digit. */
  public Optional<String> build() {
    return Optional.ofNullable(build);
  }

  /** The Python tags, in lower case: {@code py2}, {@code py3}. */
  public List<String> pythonTags() {
    return pythonTags;
  }

  /** The ABI tags, in lower case: {@code none}, {@code abi3}. */
  public List<String> abiTags() {
    return abiTags;
  }

  /** The platform tags, in lower case: {@code any}, {@code manylinux_2_28_x86_64}. */
  public List<String> platformTags() {
    return platformTags;
  }

  /** Equal file names are equal: all else follows from them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WheelName name && filename.equals(name.filename);
  }

  @Override
  public int hashCode() {
    return filename.hashCode();
  }

  /** The file name. */
  @Override
  public String toString() {
    return filename;
  }

  /**
   * A name part holds no dash, and no two underscores: they would stand for a run that PEP 427
   * makes one.
   */
  private static ProjectName project(String part, String filename) {
    if (part.contains("__")) {
      throw malformed("its name has single underscores", filename);
    }
    return ProjectName.parseIfValid(part)
        .orElseThrow(() -> malformed("its name is a project's", filename));
  }

  private static String build(String part, String filename) {
    if (part.isEmpty() || !Ascii.isDigit(part.charAt(0))) {
      throw malformed("its build tag begins with a digit", filename);
    }
    return part;
  }

  private static List<String> tags(String part, String filename) {
    List<String> tags = List.of(part.toLowerCase(Locale.ROOT).split("\\.", -1));
    for (String tag : tags) {
      if (tag.isEmpty() || !Ascii.all(tag, c -> Ascii.isLetterOrDigit(c) || c == '_')) {
        throw malformed("its tags are letters, digits and underscores", filename);
      }
    }
    return tags;
  }

  private static MalformedException malformed(String rule, String filename) {
    return new MalformedException(
        "not a wheel's file name (%s): %s".formatted(rule, quoted(filename)));
  }
}
