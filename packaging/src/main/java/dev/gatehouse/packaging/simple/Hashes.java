package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.FileHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hashes that a page may state, with the rules for believing them. */
final class Hashes {
  static final String SHA256 = "sha256";

  private Hashes() {}

  /** A copy that keeps its order. */
  static Map<String, String> checked(Map<String, String> hashes) {
    hashes.forEach(
        (algorithm, hex) -> {
          if (!FileHash.isValid(algorithm, hex)) {
            throw new MalformedException(
                "not a hash: %s=%s".formatted(quoted(algorithm), quoted(hex)));
          }
        });
    return hashes.size() <= 1
        ? Map.copyOf(hashes)
        : Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /**
   * Of what a page states, the hashes that are well-formed, in lower case; unknown algorithms are
   * passed over.
   *
   * @throws MalformedException when the SHA-256 is malformed, for everything hangs on it, or when
   *     two hashes of one algorithm differ
   */
  static Map<String, String> believed(Map<String, String> stated) {
    Map<String, String> believed = new LinkedHashMap<>();
    stated.forEach(
        (statedAlgorithm, statedHex) -> {
          String algorithm = statedAlgorithm.toLowerCase(Locale.ROOT);
          String hex = statedHex.toLowerCase(Locale.ROOT);
          if (FileHash.isValid(algorithm, hex)) {
            requireSame(believed.put(algorithm, hex), hex);
          } else if (algorithm.equals(SHA256)) {
            throw new MalformedException("its SHA-256 is malformed: " + quoted(statedHex));
          }
        });
    return believed;
  }

  /** Two spellings of one algorithm may not state two hashes. */
  private static void requireSame(@Nullable String before, String hex) {
    if (before != null && !before.equals(hex)) {
      throw new MalformedException(
          "its hashes contradict each other: %s and %s".formatted(before, hex));
    }
  }

  /**
   * {@code #sha256=…}, or the first of others; nothing where there is none. HTML has room for one.
   */
  static String fragment(Map<String, String> hashes) {
    if (hashes.isEmpty()) {
      return "";
    }
    String algorithm = hashes.containsKey(SHA256) ? SHA256 : hashes.keySet().iterator().next();
    return "#" + algorithm + "=" + hashes.get(algorithm);
  }
}
