package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The hashes that a page may state, and how many digits each has. */
final class Hashes {
  static final String SHA256 = "sha256";

  /** Names as Python's hashlib has them, since pages take theirs from it (PEP 691). */
  private static final Map<String, Integer> DIGITS =
      Map.ofEntries(
          Map.entry("md5", 32),
          Map.entry("sha1", 40),
          Map.entry("sha224", 56),
          Map.entry(SHA256, 64),
          Map.entry("sha384", 96),
          Map.entry("sha512", 128),
          Map.entry("sha3_224", 56),
          Map.entry("sha3_256", 64),
          Map.entry("sha3_384", 96),
          Map.entry("sha3_512", 128),
          Map.entry("blake2b", 128),
          Map.entry("blake2b_256", 64),
          Map.entry("blake2s", 64));

  private Hashes() {}

  static boolean isKnown(String algorithm) {
    return DIGITS.containsKey(algorithm);
  }

  /** Whether it is a known algorithm with lower-case digits, as many as it has. */
  static boolean isValid(String algorithm, String hex) {
    Integer digits = DIGITS.get(algorithm);
    return digits != null
        && hex.length() == digits
        && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** A copy that keeps its order. */
  static Map<String, String> checked(Map<String, String> hashes) {
    hashes.forEach(
        (algorithm, hex) -> {
          if (!isValid(algorithm, hex)) {
            throw new MalformedException(
                "not a hash: %s=%s".formatted(quoted(algorithm), quoted(hex)));
          }
        });
    return hashes.size() <= 1
        ? Map.copyOf(hashes)
        : Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /** A name or digits in the case that this class knows. */
  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
