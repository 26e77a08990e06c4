package dev.gatehouse.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A tool call's id together with the signature that its provider wants back (Gemini's thought
 * signatures). No client's format has a place for it, and a call that comes back without is
 * refused; so clients are given one id that holds both, of the characters that ids may have.
 */
record SignedId(String id, @Nullable String signature) {
  private static final String BETWEEN = "_signed_";

  static SignedId read(String given) {
    int at = given.lastIndexOf(BETWEEN);
    if (at < 0) {
      return new SignedId(given, null);
    }
    try {
      byte[] signature = Base64.getUrlDecoder().decode(given.substring(at + BETWEEN.length()));
      return new SignedId(given.substring(0, at), new String(signature, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Someone else's id that happens to look so.
      return new SignedId(given, null);
    }
  }

  String written() {
    return signature == null
        ? id
        : id
            + BETWEEN
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(signature.getBytes(StandardCharsets.UTF_8));
  }
}
