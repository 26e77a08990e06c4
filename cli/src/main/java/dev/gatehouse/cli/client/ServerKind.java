package dev.gatehouse.cli.client;

import java.net.URI;

/** The two servers that commands administer, and how each is found. */
public enum ServerKind {
  INDEX("GATEHOUSE_URL", "GATEHOUSE_TOKEN", "http://127.0.0.1:8484/", "gatehouse serve"),
  GATEWAY(
      "GATEHOUSE_GATEWAY_URL",
      "GATEHOUSE_GATEWAY_TOKEN",
      "http://127.0.0.1:8586/",
      "gatehouse gateway serve");

  private final String addressVariable;
  private final String tokenVariable;
  private final URI usualAddress;
  private final String start;

  ServerKind(String addressVariable, String tokenVariable, String usualAddress, String start) {
    this.addressVariable = addressVariable;
    this.tokenVariable = tokenVariable;
    this.usualAddress = URI.create(usualAddress);
    this.start = start;
  }

  /** The environment variable that names the server. */
  String addressVariable() {
    return addressVariable;
  }

  /** The environment variable that holds an administrator's token. */
  String tokenVariable() {
    return tokenVariable;
  }

  /** Where it listens unless told otherwise. */
  URI usualAddress() {
    return usualAddress;
  }

  /** The command that starts it. */
  String start() {
    return start;
  }
}
