package dev.gatehouse.provenance.verification;

/** Says why a file is no trusted root, in one clause. */
public final class TrustRootException extends Exception {
  private static final long serialVersionUID = 1;

  TrustRootException(String message, Throwable cause) {
    super(message, cause);
  }

  TrustRootException(String message) {
    super(message);
  }
}
