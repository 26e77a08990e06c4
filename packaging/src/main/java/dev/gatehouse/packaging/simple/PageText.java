package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;

/** Free text of a page (a yank's reason), made such that both representations can hold it. */
final class PageText {
  /** A reason is a sentence or two; half a page is room enough for any. */
  static final int LONGEST = 4_096;

  private PageText() {}

  /**
   * NUL, which no HTML document can hold, and halves of surrogate pairs, which UTF-8 cannot, become
   * the replacement character.
   *
   * @throws MalformedException when the text is longer than {@link #LONGEST}
   */
  static String writable(String text) {
    if (text.length() > LONGEST) {
      throw new MalformedException(
          "a page's text has at most %d characters, unlike %s".formatted(LONGEST, quoted(text)));
    }
    boolean writable = true;
    for (int i = 0; i < text.length() && writable; i++) {
      char c = text.charAt(i);
      writable = c != 0 && !Character.isSurrogate(c);
    }
    return writable ? text : replaced(text);
  }

  /** The text, cut where it is too long to be taken. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static String replaced(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == 0 || (c <= 0xffff && Character.isSurrogate((char) c)) ? 0xfffd : c)
        .forEach(replaced::appendCodePoint);
    return replaced.toString();
  }
}
