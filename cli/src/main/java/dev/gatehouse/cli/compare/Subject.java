package dev.gatehouse.cli.compare;

import java.nio.file.Path;

/**
 * An artifact that is compared.
 *
 * @param path where it lies
 * @param name what the user named it, or what an index names the file that was fetched
 */
record Subject(Path path, String name) {
  /** Tells format, project and version. */
  String filename() {
    return path.getFileName().toString();
  }

  boolean isWheel() {
    return filename().endsWith(".whl");
  }
}
