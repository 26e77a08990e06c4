package dev.gatehouse.inspection.python;

import java.text.Normalizer;
import java.util.Arrays;

/** The tokens of a source, as positions in it, so that a large file costs few objects. */
final class Tokens {
  private final char[] text;
  private TokenKind[] kinds;
  private int[] starts;
  private int[] ends;
  private int count;
  private int[] lines = new int[64];
  private int lineCount = 1;

  Tokens(char[] text) {
    this.text = text;
    int guess = text.length / 4 + 16;
    kinds = new TokenKind[guess];
    starts = new int[guess];
    ends = new int[guess];
  }

  void add(TokenKind kind, int start, int end) {
    if (count == starts.length) {
      int grown = count + (count >> 1);
      kinds = Arrays.copyOf(kinds, grown);
      starts = Arrays.copyOf(starts, grown);
      ends = Arrays.copyOf(ends, grown);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  /** A line begins here. */
  void addLine(int start) {
    if (lineCount == lines.length) {
      lines = Arrays.copyOf(lines, lineCount * 2);
    }
    lines[lineCount++] = start;
  }

  int count() {
    return count;
  }

  TokenKind kind(int token) {
    return kinds[token];
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** Counted from 1. */
  int lineOf(int offset) {
    int found = Arrays.binarySearch(lines, 0, lineCount, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The line that an offset lies in, without its end. */
  String line(int offset) {
    int from = lines[lineOf(offset) - 1];
    int to = from;
    while (to < text.length && text[to] != '\n' && text[to] != '\r') {
      to++;
    }
    return new String(text, from, to - from);
  }

  /** What stands from an offset on, at most so many characters of its line. */
  String rest(int offset, int most) {
    int to = offset;
    while (to < text.length && to - offset < most && text[to] != '\n' && text[to] != '\r') {
      to++;
    }
    return new String(text, offset, to - offset);
  }

  boolean is(int token, String operatorOrKeyword) {
    int start = starts[token];
    int length = ends[token] - start;
    if (length != operatorOrKeyword.length() || kinds[token] == TokenKind.STRING) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[start + i] != operatorOrKeyword.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Identifiers are normalised as Python does (PEP 3131): a mathematical bold "exec" is exec. */
  String name(int token) {
    String name = text(token);
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 127) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
      }
    }
    return name;
  }

  String text(int token) {
    return new String(text, starts[token], ends[token] - starts[token]);
  }

  char first(int token) {
    return text[starts[token]];
  }

  char[] source() {
    return text;
  }
}
