package dev.gatehouse.gateway.dialect;

/** A provider's answer is not of its format. The message quotes nothing of it. */
public final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedAnswerException(String message) {
    super(message);
  }
}
