package dev.gatehouse.pins.text;

import java.nio.file.Path;

/**
 * A place in a file.
 *
 * @param file as the user named it, or as another file did
 * @param line from 1, as editors count: line feeds, carriage returns and both together end one
 * @param column from 1, in UTF-16 units
 */
public record Location(Path file, int line, int column) {
  /** Checks the numbers. */
  public Location {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns are counted from 1");
    }
  }

  /** {@code requirements.txt:3:1}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
