package dev.gatehouse.packaging.version;

/**
 * White space as Python's {@code str.strip} and {@code \s} know it, which is not what any of Java's
 * does. The reference implementation allows it round versions and specifiers.
 */
final class PythonSpace {
  private PythonSpace() {}

  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= ' ')
        || c == 0x85
        || c == 0xa0
        || (c > 0xff && Character.isSpaceChar(c));
  }
}
