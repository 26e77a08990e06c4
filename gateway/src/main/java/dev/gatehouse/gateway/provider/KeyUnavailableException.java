package dev.gatehouse.gateway.provider;

import java.io.IOException;

/** A provider's key cannot be had: nobody set it, or what holds it does not answer. */
public final class KeyUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  KeyUnavailableException(String message, IOException cause) {
    super(message, cause);
  }
}
