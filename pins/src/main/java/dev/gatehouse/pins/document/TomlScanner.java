package dev.gatehouse.pins.document;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;

/** The characters of a TOML document: white space, keys, strings, bare words. */
final class TomlScanner {
  final SourceText source;
  private final String text;
  private int position;

  TomlScanner(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  int position() {
    return position;
  }

  Spot spot() {
    return new Spot(source, position);
  }

  boolean atEnd() {
    return position >= text.length();
  }

  int peek() {
    return atEnd() ? -1 : text.charAt(position);
  }

  void skip(int characters) {
    position += characters;
  }

  boolean accept(char expected) {
    if (peek() == expected) {
      position++;
      return true;
    }
    return false;
  }

  boolean startsWith(String expected) {
    return text.startsWith(expected, position);
  }

  void need(char expected, String where) {
    if (!accept(expected)) {
      throw expected("'" + expected + "' " + where);
    }
  }

  void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      position++;
    }
  }

  /** Blanks, comments and line ends. */
  void blankLines() {
    do {
      blanks();
      comment();
    } while (newline());
  }

  /** Whatever may follow a value on its line, and the end of the line. */
  void lineEnd() {
    blanks();
    comment();
    if (!newline() && !atEnd()) {
      throw expected("the end of the line");
    }
  }

  private boolean newline() {
    if (startsWith("\r\n")) {
      position += 2;
      return true;
    }
    return accept('\n');
  }

  private void comment() {
    if (peek() != '#') {
      return;
    }
    while (!atEnd() && peek() != '\n' && !startsWith("\r\n")) {
      requireAllowed(text.charAt(position));
      position++;
    }
  }

  private void requireAllowed(char c) {
    if ((c < ' ' && c != '\t') || c == 0x7f) {
      throw expected("text without control characters");
    }
  }

  /** A part of a key: bare or quoted. */
  String keyPart() {
    if (peek() == '"' || peek() == '\'') {
      return string(false);
    }
    int start = position;
    while (Ascii.isLetterOrDigit(peek()) || peek() == '-' || peek() == '_') {
      position++;
    }
    if (start == position) {
      throw expected("a key");
    }
    return text.substring(start, position);
  }

  /** What is neither string, array nor table: as far as such a word goes. */
  String word() {
    int start = position;
    while (Ascii.isLetterOrDigit(peek())
        || (peek() >= 0 && "+-._:".indexOf(peek()) >= 0)
        || isBetweenDateAndTime(start)) {
      position++;
    }
    return text.substring(start, position);
  }

  /** A blank may stand for the T of a time (RFC 3339, section 5.6). */
  private boolean isBetweenDateAndTime(int start) {
    return peek() == ' '
        && position - start == "2026-03-24".length()
        && text.charAt(start + 4) == '-'
        && position + 1 < text.length()
        && Ascii.isDigit(text.charAt(position + 1));
  }

  /**
   * A string of any of the four kinds; the quote is next.
   *
   * @param lines whether it may have several lines
   */
  String string(boolean lines) {
    char quote = text.charAt(position);
    boolean literal = quote == '\'';
    String three = String.valueOf(quote).repeat(3);
    if (startsWith(three)) {
      if (!lines) {
        throw expected("a string of one line");
      }
      position += 3;
      newline();
      return multiline(three, literal);
    }
    position++;
    int start = position;
    StringBuilder unescaped = null;
    while (peek() != quote) {
      if (atEnd() || peek() == '\n' || peek() == '\r') {
        throw expected("a closing " + quote);
      }
      if (!literal && peek() == '\\') {
        unescaped = unescaped == null ? new StringBuilder() : unescaped;
        unescaped.append(text, start, position);
        escape(unescaped);
        start = position;
      } else {
        requireAllowed(text.charAt(position));
        position++;
      }
    }
    String rest = text.substring(start, position);
    position++;
    return unescaped == null ? rest : unescaped.append(rest).toString();
  }

  private String multiline(String three, boolean literal) {
    StringBuilder value = new StringBuilder();
    while (!startsWith(three)) {
      if (atEnd()) {
        throw expected("a closing " + three);
      }
      if (!literal && peek() == '\\') {
        if (!continuation()) {
          escape(value);
        }
      } else {
        char c = text.charAt(position);
        if (c != '\n' && !startsWith("\r\n")) {
          requireAllowed(c);
        }
        value.append(c);
        position++;
        if (c == '\r') {
          value.append('\n');
          position++;
        }
      }
    }
    position += 3;
    // Up to two quotes may stand before the closing three.
    for (int i = 0; i < 2 && accept(three.charAt(0)); i++) {
      value.append(three.charAt(0));
    }
    return value.toString();
  }

  /** A backslash at the end of a line takes the line end and the next blanks away. */
  private boolean continuation() {
    int start = position;
    position++;
    blanks();
    if (!newline()) {
      position = start;
      return false;
    }
    do {
      blanks();
    } while (newline());
    return true;
  }

  private void escape(StringBuilder out) {
    position++;
    int c = peek();
    position++;
    switch (c) {
      case 'b' -> out.append('\b');
      case 't' -> out.append('\t');
      case 'n' -> out.append('\n');
      case 'f' -> out.append('\f');
      case 'r' -> out.append('\r');
      case 'e' -> out.append('\u001b');
      case '"' -> out.append('"');
      case '\\' -> out.append('\\');
      case 'x' -> out.appendCodePoint(hex(2));
      case 'u' -> out.appendCodePoint(hex(4));
      case 'U' -> out.appendCodePoint(hex(8));
      default -> {
        position -= 2;
        throw expected("an escape that TOML knows");
      }
    }
  }

  private int hex(int digits) {
    int end = Math.min(text.length(), position + digits);
    String hex = text.substring(position, end);
    boolean valid =
        hex.length() == digits && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    long point = valid ? Long.parseLong(hex, 16) : -1;
    if (point < 0
        || point > Character.MAX_CODE_POINT
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
      throw expected(digits + " hex digits of a Unicode character");
    }
    position = end;
    return (int) point;
  }

  /** What to throw where something else was expected here. */
  PinFileException expected(String what) {
    String found =
        atEnd()
            ? "the end of the file"
            : peek() == '\n' || peek() == '\r'
                ? "the end of the line"
                : MalformedException.quoted(
                    text.substring(position, Math.min(text.length(), position + 20)));
    return source.expected(position, "expected %s, not %s".formatted(what, found));
  }
}
