package dev.gatehouse.index;

/**
 * The index could not be started. The message says what was tried, what went wrong, and what to do.
 */
public final class IndexStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean configuration;

  /**
   * @param configuration whether the configuration or command line is wrong, rather than the
   *     machine's state
   */
  IndexStartException(boolean configuration, String message, Throwable cause) {
    super(message, cause);
    this.configuration = configuration;
  }

  /** Whether the configuration or command line is wrong, rather than the machine's state. */
  public boolean isConfiguration() {
    return configuration;
  }
}
