package dev.gatehouse.inspection.python;

/** Reads UTF-7 (RFC 2152), in which {@code +AGUAeABlAGM-} is {@code exec}; Java has no decoder. */
final class Utf7 {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Utf7() {}

  /** Decodes what was read byte by byte; what is broken stays as it is. */
  static String decode(String encoded) {
    StringBuilder text = new StringBuilder(encoded.length());
    int i = 0;
    while (i < encoded.length()) {
      char c = encoded.charAt(i++);
      if (c != '+') {
        text.append(c);
      } else if (i < encoded.length() && encoded.charAt(i) == '-') {
        text.append('+');
        i++;
      } else {
        i = shifted(encoded, i, text);
      }
    }
    return text.toString();
  }

  /** UTF-16 in base64, up to the first character that is none of its letters. */
  private static int shifted(String encoded, int from, StringBuilder text) {
    int bits = 0;
    int held = 0;
    int i = from;
    while (i < encoded.length()) {
      int six = LETTERS.indexOf(encoded.charAt(i));
      if (six < 0) {
        return encoded.charAt(i) == '-' ? i + 1 : i;
      }
      held = ((held << 6) | six) & 0x3fffff;
      bits += 6;
      if (bits >= 16) {
        bits -= 16;
        text.append((char) (held >> bits));
      }
      i++;
    }
    return i;
  }
}
