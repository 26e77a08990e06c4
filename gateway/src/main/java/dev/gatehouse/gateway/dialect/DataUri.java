package dev.gatehouse.gateway.dialect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code data:} address (RFC 2397) in Base64, which is how clients of OpenAI send files. */
record DataUri(String mediaType, String base64) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "data:([a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64})(?:;[^,;]{1,64})*;base64,");

  /** Null where {@code text} is none. */
  static @Nullable DataUri read(String text) {
    String head = text.substring(0, Math.min(text.length(), 512)).toLowerCase(Locale.ROOT);
    Matcher matcher = SHAPE.matcher(head);
    return matcher.lookingAt()
        ? new DataUri(matcher.group(1), text.substring(matcher.end()))
        : null;
  }

  static boolean isWeb(String text) {
    return text.regionMatches(true, 0, "https://", 0, 8)
        || text.regionMatches(true, 0, "http://", 0, 7);
  }

  static String write(String mediaType, String base64) {
    return "data:" + mediaType + ";base64," + base64;
  }
}
