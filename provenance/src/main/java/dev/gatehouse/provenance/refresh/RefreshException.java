package dev.gatehouse.provenance.refresh;

import org.jspecify.annotations.Nullable;

/** Ends a refresh; the message is a clause. */
final class RefreshException extends Exception {
  private static final long serialVersionUID = 1;

  private final RefreshFault fault;

  RefreshException(RefreshFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  RefreshFault fault() {
    return fault;
  }
}
