package dev.gatehouse.inspection.archive;

import java.io.IOException;

/**
 * An archive was not read to its end because it is more than the {@link Limits} allow. Its message
 * says which of them, and ends a sentence that begins with the archive's name.
 */
public final class LimitException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of a limit that is said in words. */
  public LimitException(String message) {
    super(message);
  }
}
