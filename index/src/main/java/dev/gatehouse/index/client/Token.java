package dev.gatehouse.index.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.artifact.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Making tokens, and the hash by which they are known. */
final class Token {
  /** So that secret scanners, and people, know one when they see it. */
  private static final String PREFIX = "gatehouse_";

  private static final int RANDOM_BYTES = 32;

  private Token() {}

  /**
   * @param random cryptographically strong
   */
  static Secret make(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  static Sha256 hash(Secret token) {
    return Sha256.digest(token.reveal().getBytes(UTF_8));
  }
}
