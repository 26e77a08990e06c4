package dev.gatehouse.pins.file;

import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.text.Location;
import java.util.List;

/** One version of one project, and the hashes that its files may have; there may be none. */
public record ExactPin(
    ProjectName project, Version version, List<FileHash> hashes, Location location) {
  /** Takes a copy. */
  public ExactPin {
    hashes = List.copyOf(hashes);
  }
}
