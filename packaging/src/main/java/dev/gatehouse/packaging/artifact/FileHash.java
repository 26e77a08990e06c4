package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A hash of a file by any of the algorithms that pages, requirements and lock files state.
 *
 * @param algorithm as Python's hashlib spells it
 * @param hex lower-case digits, as many as the algorithm has
 */
public record FileHash(String algorithm, String hex) {
  /** Names as Python's hashlib has them, since pages take theirs from it (PEP 691). */
  private static final Map<String, Integer> DIGITS =
      Map.ofEntries(
          Map.entry("md5", 32),
          Map.entry("sha1", 40),
          Map.entry("sha224", 56),
          Map.entry("sha256", 64),
          Map.entry("sha384", 96),
          Map.entry("sha512", 128),
          Map.entry("sha3_224", 56),
          Map.entry("sha3_256", 64),
          Map.entry("sha3_384", 96),
          Map.entry("sha3_512", 128),
          Map.entry("blake2b", 128),
          Map.entry("blake2b_256", 64),
          Map.entry("blake2s", 64));

  /** Takes lower-case digits; {@link #parse} takes either case. */
  public FileHash {
    if (!isValid(algorithm, hex)) {
      throw new MalformedException("not a hash: %s=%s".formatted(quoted(algorithm), quoted(hex)));
    }
  }

  /** Whether it is a known algorithm with lower-case digits, as many as it has. */
  public static boolean isValid(String algorithm, String hex) {
    Integer digits = DIGITS.get(algorithm);
    return digits != null && hex.length() == digits && Ascii.all(hex, Ascii::isLowerHex);
  }

  /**
   * Reads {@code sha256:…}, of either case.
   *
   * @throws MalformedException where there is no colon, the algorithm is unknown, or its digits are
   *     not as many as it has
   */
  public static FileHash parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new MalformedException(
          "expected an algorithm, ':' and hex digits (sha256:…), not " + quoted(text));
    }
    return of(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Takes algorithm and digits of either case.
   *
   * @throws MalformedException where the algorithm is unknown, or its digits are not as many as it
   *     has
   */
  public static FileHash of(String algorithm, String hex) {
    String known = algorithm.toLowerCase(Locale.ROOT);
    Integer digits = DIGITS.get(known);
    if (digits == null) {
      throw new MalformedException(
          "expected sha256 or another algorithm of hashlib, not " + quoted(algorithm));
    }
    String lower = hex.toLowerCase(Locale.ROOT);
    if (!isValid(known, lower)) {
      throw new MalformedException(
          "expected %d hex digits after %s, not %s".formatted(digits, known, quoted(hex)));
    }
    return new FileHash(known, lower);
  }

  /** Whether collisions can be made: MD5 (RFC 6151) and SHA-1 (SHAttered, 2017). */
  public boolean isWeak() {
    return algorithm.equals("md5") || algorithm.equals("sha1");
  }

  /** The SHA-256, where it is one. */
  public Optional<Sha256> sha256() {
    return algorithm.equals("sha256") ? Optional.of(new Sha256(hex)) : Optional.empty();
  }

  /** {@code sha256:…}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
