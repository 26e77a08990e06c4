package dev.gatehouse.provenance;

/** Ends a verification: what was looked at is refused. It never leaves the module. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** Refuses for this reason. */
  public RefusedException(Reason reason, String message) {
    super(message);
    this.refusal = new Refusal(reason, message);
  }

  /** Refuses for this reason, which {@code cause} found out. */
  public RefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.refusal = new Refusal(reason, message);
  }

  /** What is told of it. */
  public Refusal refusal() {
    return refusal;
  }
}
