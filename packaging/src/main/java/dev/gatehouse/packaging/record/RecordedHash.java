package dev.gatehouse.packaging.record;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A hash as a RECORD states it.
 *
 * @param algorithm one of those that PEP 427 allows
 * @param hex the digest, in lower-case hex digits
 * @param encoding how it was written
 */
public record RecordedHash(HashAlgorithm algorithm, String hex, Encoding encoding) {
  /** How a digest is written. */
  public enum Encoding {
    /** As PEP 376 and 427 ask: URL-safe base64 without padding. */
    BASE64_URL,
    /** With its padding, or with {@code +} and {@code /}: nobody verifies it, nobody minds. */
    BASE64_OTHER,
    /** Hex digits, as gmsh 4.15 writes them: the right digest, in letters that no tool expects. */
    HEX
  }

  /**
   * Reads {@code sha256=…}.
   *
   * @throws MalformedException when it is no such hash, or of an algorithm that PEP 427 does not
   *     allow ("md5 and sha1 are not permitted")
   */
  public static RecordedHash parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new MalformedException("a recorded hash is algorithm=digest, not " + quoted(text));
    }
    HashAlgorithm algorithm =
        HashAlgorithm.find(text.substring(0, equals))
            .orElseThrow(
                () ->
                    new MalformedException(
                        "a record is hashed with sha256, sha384 or sha512, not as in "
                            + quoted(text)));
    return digest(algorithm, text.substring(equals + 1));
  }

  /** Whether the digest is the one recorded. */
  public boolean matches(byte[] digest) {
    return HexFormat.of().formatHex(digest).equals(hex);
  }

  private static RecordedHash digest(HashAlgorithm algorithm, String digest) {
    int length = algorithm.length();
    try {
      if (digest.length() == 2 * length) {
        byte[] bytes = HexFormat.of().parseHex(digest);
        return new RecordedHash(algorithm, HexFormat.of().formatHex(bytes), Encoding.HEX);
      }
      String bare = withoutPadding(digest);
      boolean plain = bare.indexOf('+') >= 0 || bare.indexOf('/') >= 0;
      byte[] bytes = (plain ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(bare);
      if (bytes.length == length) {
        boolean asAsked = !plain && bare.length() == digest.length();
        return new RecordedHash(
            algorithm,
            HexFormat.of().formatHex(bytes),
            asAsked ? Encoding.BASE64_URL : Encoding.BASE64_OTHER);
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not a digest: " + quoted(digest), e);
    }
    throw new MalformedException(
        "a digest of %s has %d bytes, unlike %s"
            .formatted(algorithm.text(), length, quoted(digest)));
  }

  private static String withoutPadding(String digest) {
    int end = digest.length();
    while (end > 0 && digest.length() - end < 2 && digest.charAt(end - 1) == '=') {
      end--;
    }
    return digest.substring(0, end);
  }
}
