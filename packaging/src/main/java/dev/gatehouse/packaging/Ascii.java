package dev.gatehouse.packaging;

import java.util.function.IntPredicate;

/**
 * The classes of ASCII characters that names, versions and hashes are made of. Java's own know
 * every alphabet, and let other digits and letters in where the specifications mean these alone.
 */
public final class Ascii {
  private Ascii() {}

  /** Whether it is one of {@code 0} to {@code 9}. */
  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether it is a digit or a letter of either case. */
  public static boolean isLetterOrDigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether it is a hexadecimal digit in lower case. */
  public static boolean isLowerHex(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f');
  }

  /** Whether all characters of the text are of a class; true of an empty text. */
  public static boolean all(String text, IntPredicate characters) {
    for (int i = 0; i < text.length(); i++) {
      if (!characters.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
