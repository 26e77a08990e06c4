package dev.gatehouse.packaging.requirement;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import java.util.function.IntPredicate;

/** A text and how far it was read. White space is blanks and tabs, as the specification has it. */
final class Scanner {
  private final String text;
  private int position;

  Scanner(String text, int longest) {
    if (text.length() > longest) {
      throw new MalformedException(
          "expected at most %d characters, not %d".formatted(longest, text.length()));
    }
    this.text = text;
  }

  boolean atEnd() {
    return position == text.length();
  }

  /** The next character, or -1 at the end. */
  int peek() {
    return atEnd() ? -1 : text.charAt(position);
  }

  /** Passes over blanks and tabs; whether there were any. */
  boolean blanks() {
    return !take(c -> c == ' ' || c == '\t').isEmpty();
  }

  /** Passes over a text if it is next. */
  boolean accept(String expected) {
    boolean next = text.startsWith(expected, position);
    position += next ? expected.length() : 0;
    return next;
  }

  /** Passes over a word if it is next and ends there. */
  boolean acceptWord(String word) {
    int end = position + word.length();
    boolean next =
        text.startsWith(word, position)
            && (end == text.length() || !isWord(text.codePointAt(end)))
            && (position == 0 || !isWord(text.codePointBefore(position)));
    position += next ? word.length() : 0;
    return next;
  }

  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point) || point == '_';
  }

  /** The characters of a class that come next; may be empty. */
  String take(IntPredicate characters) {
    int start = position;
    while (!atEnd() && characters.test(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  /** A name of a project or an extra: as far as its characters go. */
  String name(String what) {
    int start = position;
    String name = take(c -> Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    if (name.isEmpty() || !Ascii.isLetterOrDigit(name.charAt(0))) {
      position = start;
      throw expected(what);
    }
    if (!Ascii.isLetterOrDigit(name.charAt(name.length() - 1))) {
      throw new MalformedException(
          "expected %s that ends with a letter or digit, not %s".formatted(what, quoted(name)));
    }
    return name;
  }

  /** What is between two quotes of one kind; the first of them is next. */
  String quotedText() {
    char quote = text.charAt(position);
    int end = text.indexOf(quote, position + 1);
    if (end < 0) {
      throw new MalformedException(
          "expected a closing %c after %s".formatted(quote, quoted(text.substring(position))));
    }
    String value = text.substring(position + 1, end);
    position = end + 1;
    return value;
  }

  MalformedException expected(String what) {
    return new MalformedException(
        atEnd()
            ? "expected %s at the end of %s".formatted(what, quoted(text))
            : "expected %s, not %s".formatted(what, quoted(text.substring(position))));
  }
}
