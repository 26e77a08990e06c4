package dev.gatehouse.comparison.source;

import java.io.IOException;

/**
 * A source, or a part of it, could not be read. Its message says what was tried, what went wrong
 * and what to do, and is fit to be printed.
 */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message that says it all. */
  public SourceException(String message) {
    super(message);
  }

  /** With what lies beneath. */
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
