package dev.gatehouse.gateway.fake;

/** A request that the vendor would refuse, or a failure that was asked for. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String path;

  Refusal(int status, String path, String message) {
    super(message);
    this.status = status;
    this.path = path;
  }

  int status() {
    return status;
  }

  /** Where in the request; empty: nowhere. */
  String path() {
    return path;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
