package dev.gatehouse.inspection.python;

/** A statement cannot be read; without a stack trace, because hostile sources throw many. */
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyntaxException(String message) {
    super(message, null, false, false);
  }
}
