package dev.gatehouse.gateway.key;

import dev.gatehouse.outbound.Secret;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Making tokens. */
public final class KeyToken {
  /**
   * SDKs and their users expect {@code sk-}; secret scanners, and people, know one when they see
   * the rest.
   */
  public static final String PREFIX = "sk-gatehouse-";

  private static final int RANDOM_BYTES = 32;

  private KeyToken() {}

  /**
   * @param random cryptographically strong
   */
  static Secret make(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
