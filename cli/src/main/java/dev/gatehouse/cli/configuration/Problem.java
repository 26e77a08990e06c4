package dev.gatehouse.cli.configuration;

import java.nio.file.Path;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file the file, as the user calls it
 * @param line the line, from 1; 0 where the problem is not in a line
 * @param message what is wrong and what would be right, in one line
 */
public record Problem(Path file, int line, String message) {
  /** As compilers write it, so that editors find the place. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
