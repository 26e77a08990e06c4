package dev.gatehouse.inspection.python;

import java.util.Set;

/** A place among tokens. */
final class Cursor {
  /** Python's own parser gives up at about 200 brackets and 100 indentations. */
  private static final int DEEPEST = 300;

  private static final Set<String> WORD_OPERATORS =
      Set.of("in", "is", "and", "or", "not", "if", "else", "for", "as", "from");

  private final Tokens tokens;
  private final int fixedOffset;
  private final Vocabulary vocabulary;
  private int token;
  private int depth;

  Cursor(Tokens tokens) {
    this(tokens, -1, new Vocabulary());
  }

  /**
   * Over tokens of a text inside another.
   *
   * @param fixedOffset where that text stands, which is said of all that is in it
   * @param vocabulary of the whole
   */
  Cursor(Tokens tokens, int fixedOffset, Vocabulary vocabulary) {
    this.tokens = tokens;
    this.fixedOffset = fixedOffset;
    this.vocabulary = vocabulary;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Tokens tokens() {
    return tokens;
  }

  int position() {
    return token;
  }

  void moveTo(int position) {
    token = position;
  }

  TokenKind kind() {
    return tokens.kind(token);
  }

  boolean isEnd() {
    return tokens.kind(token) == TokenKind.END;
  }

  int offset() {
    return fixedOffset >= 0 ? fixedOffset : tokens.start(token);
  }

  String text() {
    return tokens.text(token);
  }

  void next() {
    if (!isEnd()) {
      token++;
    }
  }

  boolean is(String text) {
    return tokens.is(token, text);
  }

  boolean accept(String text) {
    if (tokens.is(token, text)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String text) {
    if (!accept(text)) {
      throw new SyntaxException(text);
    }
  }

  /** The identifier here, behind which the cursor then stands. */
  String name() {
    if (kind() != TokenKind.NAME) {
      throw new SyntaxException("name");
    }
    return vocabulary.name(tokens.name(token++));
  }

  void skipNewlines() {
    while (kind() == TokenKind.NEWLINE) {
      next();
    }
  }

  /** Over a pair of brackets and what is in it. */
  void skipBrackets() {
    int open = 0;
    do {
      if (is("(") || is("[") || is("{")) {
        open++;
      } else if (is(")") || is("]") || is("}")) {
        open--;
      }
      if (isEnd()) {
        throw new SyntaxException("bracket");
      }
      next();
    } while (open > 0);
  }

  /** To the colon that ends the pattern of a case. */
  void skipToColon() {
    while (!is(":")) {
      if (kind() == TokenKind.NEWLINE || isEnd()) {
        throw new SyntaxException("case");
      }
      if (is("(") || is("[") || is("{")) {
        skipBrackets();
      } else {
        next();
      }
    }
  }

  boolean endsStatement() {
    return kind() == TokenKind.NEWLINE || isEnd() || is(";") || kind() == TokenKind.DEDENT;
  }

  boolean nextIsAny(String... words) {
    for (String word : words) {
      if (tokens.is(Math.min(token + 1, tokens.count() - 1), word)) {
        return true;
      }
    }
    return false;
  }

  boolean nextIsName() {
    int next = Math.min(token + 1, tokens.count() - 1);
    return tokens.kind(next) == TokenKind.NAME && !WORD_OPERATORS.contains(tokens.text(next));
  }

  /** Whether what follows is the operand of a statement of Python 2, and not of an operator. */
  boolean nextBeginsOperand() {
    int next = Math.min(token + 1, tokens.count() - 1);
    return tokens.kind(next) == TokenKind.STRING
        || tokens.kind(next) == TokenKind.NUMBER
        || nextIsName();
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw new SyntaxException("too deep");
    }
  }

  void leave() {
    depth--;
  }
}
