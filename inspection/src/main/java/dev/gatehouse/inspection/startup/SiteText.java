package dev.gatehouse.inspection.startup;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * The text of a file that {@code site} reads, and Python's own notions of white space and lines.
 */
final class SiteText {
  private SiteText() {}

  /**
   * UTF-8 where it is that, else Latin-1: 3.13 falls back to the locale's encoding, and of those
   * Latin-1 gives a character to every byte and ends most lines (NEL).
   */
  static String decode(byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      return new String(content, StandardCharsets.ISO_8859_1);
    }
  }

  /** Where text files end a line, whatever the version (universal newlines). */
  static boolean isNewline(int c) {
    return c == '\n' || c == '\r';
  }

  /** Where {@code str.splitlines} ends one. */
  static boolean isLineBreak(int c) {
    return switch (c) {
      case '\n', '\r', 0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  /** What {@code str.strip} takes away: Unicode's white space and the separators 1c to 1f. */
  static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** The first place from {@code from} on where the condition holds, at most {@code end}. */
  static int find(String text, int from, int end, IntPredicate condition) {
    int at = from;
    while (at < end && !condition.test(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The end of the text without the white space before {@code end}. */
  static int trimEnd(String text, int from, int end) {
    int last = end;
    while (last > from && isSpace(text.charAt(last - 1))) {
      last--;
    }
    return last;
  }
}
