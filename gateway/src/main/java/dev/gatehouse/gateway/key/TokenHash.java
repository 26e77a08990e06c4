package dev.gatehouse.gateway.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.outbound.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a whole token, never of a part: LiteLLM's cache was keyed by the first characters, so
 * that a token that was alike at its beginning was taken for another's (CVE-2026-35030).
 */
public final class TokenHash {
  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  public static TokenHash of(Secret token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Reads 64 hex digits. */
  public static TokenHash parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a token's hash has 64 hex digits");
    }
    return new TokenHash(bytes);
  }

  /** The hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Compares in a time that does not depend on where the two differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return "(token)";
  }
}
