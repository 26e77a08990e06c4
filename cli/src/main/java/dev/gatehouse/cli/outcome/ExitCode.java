package dev.gatehouse.cli.outcome;

/** The exit codes of every command. */
public enum ExitCode {
  /** It was done. */
  DONE(0),
  /** It was done, and found something at or above the severity that was asked for. */
  FOUND(1),
  /** The command line or the configuration is wrong. */
  WRONG_USE(2),
  /** Something could not be read, reached or finished. */
  INCOMPLETE(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }
}
