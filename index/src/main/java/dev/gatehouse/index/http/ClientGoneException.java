package dev.gatehouse.index.http;

import java.io.IOException;

/**
 * The client takes or sends no more: it left, or was silent for too long. Nothing is wrong here,
 * and there is nobody to be told.
 */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
