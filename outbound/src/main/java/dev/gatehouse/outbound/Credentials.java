package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * What a request authenticates itself with, and the only origin that may see it.
 *
 * @param authorization the value of the header {@code Authorization}
 */
public record Credentials(Origin origin, Secret authorization) {
  /**
   * Basic authentication (RFC 7617).
   *
   * @throws IllegalArgumentException where the user's name has a colon, which would end it
   */
  public static Credentials basic(Origin origin, String user, Secret password) {
    if (user.contains(":")) {
      throw new IllegalArgumentException("a user's name has no colon");
    }
    byte[] pair = (user + ":" + password.reveal()).getBytes(UTF_8);
    return new Credentials(origin, Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  /** A bearer token (RFC 6750). */
  public static Credentials bearer(Origin origin, Secret token) {
    return new Credentials(origin, Secret.of("Bearer " + token.reveal()));
  }
}
