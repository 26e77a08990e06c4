package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * What a request authenticates itself with, and the only origin that may see it.
 *
 * @param header which header says it; never a part of the address, which logs and proxies keep
 * @param value the header's value
 */
public record Credentials(Origin origin, String header, Secret value) {
  private static final String AUTHORIZATION = "Authorization";

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
    return new Credentials(
        origin, AUTHORIZATION, Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  /** A bearer token (RFC 6750). */
  public static Credentials bearer(Origin origin, Secret token) {
    return new Credentials(origin, AUTHORIZATION, Secret.of("Bearer " + token.reveal()));
  }
}
