package dev.gatehouse.gateway.dialect;

/** A request asks what a format or a provider cannot say; told to the client as its error. */
public final class UntranslatableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the JSON path of what it is about, as {@code messages[2].content[0].type}
   * @param message a sentence for the client
   */
  public UntranslatableException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The JSON path of what it is about. */
  public String field() {
    return field;
  }
}
