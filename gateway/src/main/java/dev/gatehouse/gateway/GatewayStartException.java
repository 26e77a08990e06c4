package dev.gatehouse.gateway;

/** The gateway cannot be started; the message says why and what to do. */
public final class GatewayStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean configuration;

  GatewayStartException(boolean configuration, String message, Throwable cause) {
    super(message, cause);
    this.configuration = configuration;
  }

  /** Whether the configuration is wrong, and not the machine. */
  public boolean isConfiguration() {
    return configuration;
  }
}
