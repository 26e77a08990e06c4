package dev.gatehouse.inspection.python;

/**
 * Cuts a source into tokens. Never fails: what no token begins with is passed over, and a string
 * that does not end ends with its line or the source.
 */
final class Lexer {
  private static final int DEEPEST_INDENT = 100;
  private static final int DEEPEST_STRING = 20;

  private final char[] text;
  private final Tokens tokens;
  private final int[] indents = new int[DEEPEST_INDENT + 1];
  private int indent;
  private int brackets;
  private int at;

  private Lexer(char[] text) {
    this.text = text;
    this.tokens = new Tokens(text);
  }

  static Tokens read(char[] text) {
    return new Lexer(text).read();
  }

  private Tokens read() {
    boolean lineStart = true;
    while (at < text.length) {
      if (lineStart && brackets == 0) {
        if (blankLine()) {
          continue;
        }
      }
      lineStart = false;
      char c = text[at];
      if (c == '\n' || c == '\r') {
        lineEnd();
        lineStart = true;
      } else if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
        at++;
      } else if (c == '\\') {
        continuation();
      } else if (c == '#') {
        skipComment();
      } else {
        token(c);
      }
    }
    if (tokens.count() > 0 && tokens.kind(tokens.count() - 1) != TokenKind.NEWLINE) {
      tokens.add(TokenKind.NEWLINE, text.length, text.length);
    }
    while (indent > 0) {
      indent--;
      tokens.add(TokenKind.DEDENT, text.length, text.length);
    }
    tokens.add(TokenKind.END, text.length, text.length);
    return tokens;
  }

  /** Measures the indentation; true where the line holds no code and was passed over. */
  private boolean blankLine() {
    int column = 0;
    int start = at;
    while (at < text.length) {
      char c = text[at];
      if (c == ' ') {
        column++;
      } else if (c == '\t') {
        column = (column / 8 + 1) * 8;
      } else if (c == '\f') {
        column = 0;
      } else {
        break;
      }
      at++;
    }
    if (at == text.length) {
      return true;
    }
    char c = text[at];
    if (c == '#') {
      skipComment();
    }
    if (at < text.length && (text[at] == '\n' || text[at] == '\r')) {
      newline();
      return true;
    }
    if (at == text.length) {
      return true;
    }
    indentTo(column, start);
    return false;
  }

  private void indentTo(int column, int start) {
    if (column > indents[indent]) {
      if (indent < DEEPEST_INDENT) {
        indents[++indent] = column;
        tokens.add(TokenKind.INDENT, start, at);
      }
      return;
    }
    while (indent > 0 && column < indents[indent]) {
      indent--;
      tokens.add(TokenKind.DEDENT, at, at);
    }
  }

  private void lineEnd() {
    if (brackets == 0) {
      tokens.add(TokenKind.NEWLINE, at, at);
    }
    newline();
  }

  private void newline() {
    if (text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n') {
      at++;
    }
    at++;
    tokens.addLine(at);
  }

  private void continuation() {
    at++;
    if (at < text.length && (text[at] == '\n' || text[at] == '\r')) {
      newline();
    }
  }

  private void skipComment() {
    while (at < text.length && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
  }

  private void token(char c) {
    int start = at;
    if (isNameStart(c)) {
      while (at < text.length && isNamePart(text[at])) {
        at++;
      }
      if (at < text.length && (text[at] == '"' || text[at] == '\'') && isPrefix(start, at)) {
        string(start, 0);
        tokens.add(TokenKind.STRING, start, at);
      } else {
        tokens.add(TokenKind.NAME, start, at);
      }
    } else if (c == '"' || c == '\'') {
      string(start, 0);
      tokens.add(TokenKind.STRING, start, at);
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length && isDigit(text[at + 1]))) {
      number();
      tokens.add(TokenKind.NUMBER, start, at);
    } else {
      operator(c);
      tokens.add(TokenKind.OPERATOR, start, at);
    }
  }

  private void operator(char c) {
    switch (c) {
      case '(', '[', '{' -> {
        brackets++;
        at++;
      }
      case ')', ']', '}' -> {
        brackets = Math.max(0, brackets - 1);
        at++;
      }
      case '*', '/', '<', '>' -> {
        at++;
        if (at < text.length && (text[at] == c || (c == '<' && text[at] == '>'))) {
          at++;
        }
        if (at < text.length && text[at] == '=') {
          at++;
        }
      }
      case '-' -> {
        at++;
        if (at < text.length && (text[at] == '>' || text[at] == '=')) {
          at++;
        }
      }
      case '+', '%', '&', '|', '^', '@', '=', '!', ':' -> {
        at++;
        if (at < text.length && text[at] == '=') {
          at++;
        }
      }
      case '.' -> {
        boolean ellipsis = at + 2 < text.length && text[at + 1] == '.' && text[at + 2] == '.';
        at += ellipsis ? 3 : 1;
      }
      default -> at++;
    }
  }

  private void number() {
    while (at < text.length) {
      char c = text[at];
      boolean exponentSign =
          (c == '+' || c == '-')
              && (text[at - 1] == 'e' || text[at - 1] == 'E')
              && at + 1 < text.length
              && isDigit(text[at + 1])
              && !isHex();
      if (!isDigit(c) && !isLetter(c) && c != '.' && c != '_' && !exponentSign) {
        break;
      }
      at++;
    }
  }

  /** In {@code 0xe-1} the sign is an operator. */
  private boolean isHex() {
    int start = at;
    while (start > 0 && (isDigit(text[start - 1]) || isLetter(text[start - 1]))) {
      start--;
    }
    return start + 1 < text.length && (text[start + 1] == 'x' || text[start + 1] == 'X');
  }

  private boolean isPrefix(int start, int end) {
    if (end - start > 2) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if ("rRbBuUfFtT".indexOf(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Stands on the quote; ends behind the string. */
  private void string(int start, int depth) {
    boolean formatted = false;
    boolean raw = false;
    for (int i = start; i < at; i++) {
      formatted |= "fFtT".indexOf(text[i]) >= 0;
      raw |= "rR".indexOf(text[i]) >= 0;
    }
    char quote = text[at];
    boolean triple = at + 2 < text.length && text[at + 1] == quote && text[at + 2] == quote;
    at += triple ? 3 : 1;
    while (at < text.length) {
      char c = text[at];
      if (c == '\\') {
        at++;
        if (formatted && at < text.length && text[at] == '{') {
          // A backslash does not escape a brace: the field begins all the same.
          continue;
        }
        if (formatted && !raw && isNamedCharacter()) {
          skipNamedCharacter();
        } else if (at < text.length && (text[at] == '\n' || text[at] == '\r')) {
          newline();
        } else {
          at++;
        }
      } else if (c == '\n' || c == '\r') {
        if (!triple) {
          return;
        }
        newline();
      } else if (c == quote) {
        if (!triple) {
          at++;
          return;
        }
        if (at + 2 < text.length && text[at + 1] == quote && text[at + 2] == quote) {
          at += 3;
          return;
        }
        at++;
      } else if (c == '{' && formatted && depth < DEEPEST_STRING) {
        replacement(quote, triple, depth);
      } else {
        at++;
      }
    }
    at = Math.min(at, text.length);
  }

  /** {@code \\N{DASH}}, in which the braces are no field; stands behind the backslash. */
  private boolean isNamedCharacter() {
    return at + 1 < text.length && text[at] == 'N' && text[at + 1] == '{';
  }

  private void skipNamedCharacter() {
    while (at < text.length && text[at] != '}' && text[at] != '\n') {
      at++;
    }
  }

  /**
   * Passes over a replacement field, in which the string's own quote may stand again since 3.12
   * (PEP 701).
   */
  private void replacement(char quote, boolean triple, int depth) {
    at++;
    if (at < text.length && text[at] == '{') {
      at++;
      return;
    }
    int open = 0;
    boolean format = false;
    while (at < text.length) {
      char c = text[at];
      if (c == '\n' || c == '\r') {
        if (!triple) {
          return;
        }
        newline();
      } else if (format && (c == quote || c == '\\')) {
        return;
      } else if (!format && (c == '"' || c == '\'')) {
        string(at, depth + 1);
      } else if (format && c == '{' && depth < DEEPEST_STRING) {
        replacementOf(quote, triple, depth);
      } else if (c == '(' || c == '[' || c == '{') {
        open++;
        at++;
      } else if (c == '}' && open == 0) {
        at++;
        return;
      } else if (c == ')' || c == ']' || c == '}') {
        open--;
        at++;
      } else {
        format |= c == ':' && open == 0;
        at++;
      }
    }
  }

  private void replacementOf(char quote, boolean triple, int depth) {
    int before = at;
    replacement(quote, triple, depth + 1);
    if (at == before) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameStart(char c) {
    return isLetter(c) || c == '_' || (c > 0xa0 && c != '\ufeff');
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || c == '_' || isDigit(c) || (c > 0xa0 && c != '\ufeff');
  }
}
