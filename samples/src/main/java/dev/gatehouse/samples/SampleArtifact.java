package dev.gatehouse.samples;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A wheel or sdist in memory, with what a repository says of it. */
public final class SampleArtifact {
  private final ProjectName project;
  private final String version;
  private final String filename;
  private final byte[] bytes;
  private final byte[] metadata;
  private final @Nullable String requiresPython;

  SampleArtifact(
      ProjectName project,
      String version,
      String filename,
      byte[] bytes,
      byte[] metadata,
      @Nullable String requiresPython) {
    this.project = project;
    this.version = version;
    this.filename = filename;
    this.bytes = bytes;
    this.metadata = metadata;
    this.requiresPython = requiresPython;
  }

  /** Whose artifact it is. */
  public ProjectName project() {
    return project;
  }

  /** As it was given to the builder. */
  public String version() {
    return version;
  }

  /** Its file name. */
  public String filename() {
    return filename;
  }

  /** The same artifact under another file name, true or not. */
  public SampleArtifact named(String other) {
    return new SampleArtifact(project, version, other, bytes, metadata, requiresPython);
  }

  /** All its bytes: the array itself, for samples may be large. Do not change it. */
  public byte[] bytes() {
    return bytes;
  }

  /** In bytes. */
  public long size() {
    return bytes.length;
  }

  /** What it is known by. */
  public Sha256 sha256() {
    return Sha256.digest(bytes);
  }

  /** The wheel's METADATA or the sdist's PKG-INFO. */
  public byte[] metadata() {
    return metadata;
  }

  /** The specifier set that its metadata states. */
  public Optional<String> requiresPython() {
    return Optional.ofNullable(requiresPython);
  }

  /** Whether a repository may offer its metadata beside it (PEP 658). */
  public boolean isWheel() {
    return filename.endsWith(".whl");
  }

  /**
   * Writes it into a folder, under its file name.
   *
   * @return the file
   */
  public Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve(filename), bytes);
  }

  /** The file name. */
  @Override
  public String toString() {
    return filename;
  }
}
