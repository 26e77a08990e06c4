package dev.gatehouse.inspection.python;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A string or bytes literal as it stands in the source, prefix and quotes and all. */
final class StringLiteral {
  private final String prefix;
  private final String body;

  StringLiteral(String text) {
    int quote = 0;
    while (text.charAt(quote) != '"' && text.charAt(quote) != '\'') {
      quote++;
    }
    prefix = text.substring(0, quote).toLowerCase(java.util.Locale.ROOT);
    String mark = text.substring(quote, quote + 1);
    int width = text.startsWith(mark.repeat(3), quote) ? 3 : 1;
    int from = Math.min(text.length(), quote + width);
    int to =
        text.endsWith(mark.repeat(width)) ? Math.max(from, text.length() - width) : text.length();
    body = text.substring(from, to);
  }

  boolean isBytes() {
    return prefix.indexOf('b') >= 0;
  }

  boolean isFormatted() {
    return prefix.indexOf('f') >= 0 || prefix.indexOf('t') >= 0;
  }

  boolean isRaw() {
    return prefix.indexOf('r') >= 0;
  }

  String body() {
    return body;
  }

  String text() {
    return isRaw() ? body : unescape(body, true);
  }

  byte[] bytes() {
    String text = isRaw() ? body : unescape(body, false);
    boolean narrow = text.chars().allMatch(c -> c < 256);
    return text.getBytes(narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /**
   * Resolves escapes ("String and Bytes literals" of the language reference).
   *
   * @param wide whether {@code \\u}, {@code \\U} and {@code \\N} are escapes
   */
  static String unescape(String text, boolean wide) {
    int slash = text.indexOf('\\');
    if (slash < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (slash >= 0 && slash + 1 < text.length()) {
      plain.append(text, from, slash);
      from = escape(text, slash + 1, wide, plain);
      slash = text.indexOf('\\', from);
    }
    return plain.append(text, from, text.length()).toString();
  }

  /** Resolves the escape whose letter stands there; returns where the text goes on. */
  private static int escape(String text, int at, boolean wide, StringBuilder plain) {
    char c = text.charAt(at);
    switch (c) {
      case '\r' -> {
        return at + 1 < text.length() && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
      }
      case '\n' -> {
        return at + 1;
      }
      case '\\', '\'', '"' -> plain.append(c);
      case 'a' -> plain.append('\u0007');
      case 'b' -> plain.append('\b');
      case 'f' -> plain.append('\f');
      case 'n' -> plain.append('\n');
      case 'r' -> plain.append('\r');
      case 't' -> plain.append('\t');
      case 'v' -> plain.append('\u000b');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return octal(text, at, plain);
      }
      case 'x' -> {
        return hex(text, at, 2, plain);
      }
      case 'u' -> {
        return wide ? hex(text, at, 4, plain) : kept(text, at, plain);
      }
      case 'U' -> {
        return wide ? hex(text, at, 8, plain) : kept(text, at, plain);
      }
      case 'N' -> {
        return wide ? named(text, at, plain) : kept(text, at, plain);
      }
      default -> plain.append('\\').append(c);
    }
    return at + 1;
  }

  private static int kept(String text, int at, StringBuilder plain) {
    plain.append('\\').append(text.charAt(at));
    return at + 1;
  }

  private static int octal(String text, int at, StringBuilder plain) {
    int value = 0;
    int end = at;
    while (end < text.length()
        && end < at + 3
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '7') {
      value = value * 8 + text.charAt(end) - '0';
      end++;
    }
    plain.append((char) value);
    return end;
  }

  private static int hex(String text, int at, int digits, StringBuilder plain) {
    int value = 0;
    int end = at + 1;
    while (end < text.length() && end <= at + digits) {
      int digit = Character.digit(text.charAt(end), 16);
      if (digit < 0) {
        break;
      }
      value = value * 16 + digit;
      end++;
    }
    if (end <= at + digits || !Character.isValidCodePoint(value)) {
      return kept(text, at, plain);
    }
    plain.appendCodePoint(value);
    return end;
  }

  private static int named(String text, int at, StringBuilder plain) {
    int close = text.indexOf('}', at);
    if (at + 1 < text.length() && text.charAt(at + 1) == '{' && close > 0 && close - at < 100) {
      try {
        plain.appendCodePoint(Character.codePointOf(text.substring(at + 2, close)));
        return close + 1;
      } catch (IllegalArgumentException _) {
        // No such character: Python would not compile it either.
      }
    }
    return kept(text, at, plain);
  }

  /** Joins adjacent bytes literals. */
  static byte[] join(Iterable<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
