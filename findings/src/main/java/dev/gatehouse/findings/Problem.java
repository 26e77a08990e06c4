package dev.gatehouse.findings;

import org.jspecify.annotations.Nullable;

/**
 * Something that could not be read, reached or finished, so that nobody may call the target clean.
 *
 * @param path the file inside the target, with slashes; null: the target as a whole
 * @param message what was tried, what went wrong and, where anything helps, what to do
 */
public record Problem(@Nullable String path, String message) {
  /** Makes what came from strangers printable, and cuts it. */
  public Problem {
    path = path == null ? null : Printable.of(path, 500);
    message = Printable.of(message, 500);
  }
}
