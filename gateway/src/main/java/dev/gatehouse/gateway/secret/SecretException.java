package dev.gatehouse.gateway.secret;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A secret could not be had or kept. The message says what to do, and nothing of the secret. */
public final class SecretException extends IOException {
  private static final long serialVersionUID = 1L;

  public SecretException(String message) {
    super(message);
  }

  public SecretException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
