package dev.gatehouse.cli.outcome;

import java.util.List;

/**
 * A command could not do its work. Its lines say what was tried, what went wrong and what to do;
 * they are printed, and the process ends with the exit code.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** Ends the command, saying {@code lines}. */
  public CommandFailure(ExitCode exitCode, List<String> lines) {
    super(String.join("\n", lines));
    this.exitCode = exitCode;
  }

  /**
   * Ends the command in three parts.
   *
   * @param tried what was tried and went wrong, as in {@code Could not reach the server at …:
   *     connection refused.}
   * @param remedy what to do
   */
  public CommandFailure(ExitCode exitCode, String tried, String remedy) {
    this(exitCode, List.of(tried, remedy));
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
