package dev.gatehouse.gateway.litellm;

/** The configuration cannot be read at all. The message is a clause, fit for a terminal. */
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  ImportException(String message) {
    super(message);
  }
}
