package dev.gatehouse.packaging.version;

/**
 * White space as Python's {@code str.strip} and {@code \s} know it, which is not what any of Java's
 * does. The reference implementation allows it round versions and specifiers.
 */
public final class PythonSpace {
  private PythonSpace() {}

  /** The text without white space at its ends. */
  public static String strip(String text) {
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

  /** Whether it is white space to Python's {@code str.isspace} and {@code \s}. */
  public static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= ' ')
        || c == 0x85
        || c == 0xa0
        || (c > 0xff && Character.isSpaceChar(c));
  }
}
