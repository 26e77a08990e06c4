package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.artifact.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page promises of a file's bytes, checked while they arrive. Every hash that the page gives
 * and the JDK knows is checked, so that a forged weak one next to a true strong one is noticed as
 * well.
 */
final class ExpectedBytes {
  /** By the names of PEP 691 (those of Python's hashlib), the JDK's. */
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "md5", "MD5", "sha1", "SHA-1", "sha224", "SHA-224", "sha384", "SHA-384", "sha512",
          "SHA-512");

  private record Check(String algorithm, String expected, MessageDigest digest) {}

  private final @Nullable Long size;
  private final @Nullable String sha256;
  private final List<Check> others;

  /**
   * @param size in bytes; null: not promised
   * @param hashes by algorithm, in hex
   */
  ExpectedBytes(@Nullable Long size, Map<String, String> hashes) {
    this.size = size;
    this.sha256 = hashes.get("sha256");
    this.others =
        hashes.entrySet().stream()
            .filter(hash -> ALGORITHMS.containsKey(hash.getKey()))
            .map(hash -> new Check(hash.getKey(), hash.getValue(), digest(hash.getKey())))
            .toList();
  }

  /** Takes note of the next bytes; the buffer is left as it was. */
  void update(ByteBuffer bytes) {
    for (Check check : others) {
      check.digest().update(bytes.duplicate());
    }
  }

  /**
   * What does not match, in a clause; empty: everything that was promised holds. To be asked once,
   * at the end.
   */
  Optional<String> mismatch(long actualSize, Sha256 actual) {
    if (size != null && size != actualSize) {
      return Optional.of("it has " + actualSize + " bytes where the page says " + size);
    }
    if (sha256 != null && !sha256.equals(actual.hex())) {
      return Optional.of("its sha256 is " + actual.hex() + " where the page says " + sha256);
    }
    for (Check check : others) {
      String found = HexFormat.of().formatHex(check.digest().digest());
      if (!found.equals(check.expected())) {
        return Optional.of(
            "its "
                + check.algorithm()
                + " is "
                + found
                + " where the page says "
                + check.expected());
      }
    }
    return Optional.empty();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(ALGORITHMS.get(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
