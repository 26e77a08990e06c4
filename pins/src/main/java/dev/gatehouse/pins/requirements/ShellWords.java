package dev.gatehouse.pins.requirements;

import java.util.ArrayList;
import java.util.List;

/** Splits options as a POSIX shell would, as Python's {@code shlex.split} does. */
final class ShellWords {
  /** A word without its quotes, and the index in the line at which it began. */
  record Word(String text, int index) {}

  private final LogicalLine line;
  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int position;

  private ShellWords(LogicalLine line, int start) {
    this.line = line;
    this.text = line.text();
    this.position = start;
  }

  /** The words from an index on. */
  static List<Word> of(LogicalLine line, int start) {
    ShellWords words = new ShellWords(line, start);
    words.read();
    return words.words;
  }

  private void read() {
    while (position < text.length()) {
      if (isBlank(text.charAt(position))) {
        position++;
      } else {
        word();
      }
    }
  }

  private void word() {
    int start = position;
    StringBuilder word = new StringBuilder();
    while (position < text.length() && !isBlank(text.charAt(position))) {
      char c = text.charAt(position++);
      switch (c) {
        case '\\' -> word.append(escaped(start));
        case '"', '\'' -> quoted(c, word);
        default -> word.append(c);
      }
    }
    words.add(new Word(word.toString(), start));
  }

  private char escaped(int start) {
    if (position == text.length()) {
      throw line.expected(start, "expected a character after the backslash");
    }
    return text.charAt(position++);
  }

  private void quoted(char quote, StringBuilder word) {
    int start = position - 1;
    while (position < text.length() && text.charAt(position) != quote) {
      char c = text.charAt(position++);
      boolean escape = quote == '"' && c == '\\' && position < text.length();
      if (escape && (text.charAt(position) == '"' || text.charAt(position) == '\\')) {
        c = text.charAt(position++);
      }
      word.append(c);
    }
    if (position == text.length()) {
      throw line.expected(start, "expected a closing " + quote);
    }
    position++;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
