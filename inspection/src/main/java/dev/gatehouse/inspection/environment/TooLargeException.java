package dev.gatehouse.inspection.environment;

import java.io.IOException;

/** A file is larger than may be held in memory. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(long most) {
    super("it is larger than %d bytes".formatted(most));
  }
}
