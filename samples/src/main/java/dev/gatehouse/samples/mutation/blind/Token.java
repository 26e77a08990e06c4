package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of Python; all pieces in their order are the text.
 *
 * @param depth how many brackets are open before it
 */
record Token(Kind kind, String text, int depth) {
  /** What a piece is. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    COMMENT,
    SPACE,
    LINE_BREAK
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<string>(?i:[rbuf]|rb|br|rf|fr)?(?:\"\"\"(?:[^\"\\\\]|\\\\(?s:.)|\"(?!\"\"))*+\"\"\""
              + "|'''(?:[^'\\\\]|\\\\(?s:.)|'(?!''))*+'''"
              + "|\"(?:[^\"\\\\\\r\\n]|\\\\(?s:.))*+\"|'(?:[^'\\\\\\r\\n]|\\\\(?s:.))*+'))"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*+)"
              + "|(?<number>\\.?\\d(?:[eE][+-]\\d|[\\w.])*+)"
              + "|(?<comment>#[^\\r\\n]*+)"
              + "|(?<space>(?:[ \\t\\f]|\\\\\\r?\\n)++)"
              + "|(?<break>\\r\\n|\\r|\\n)"
              + "|(?<operator>->|:=|\\*\\*=?|//=?|<<=?|>>=?|[-+*/%&|^@=!<>]=|"
              + "[-+*/%&|^~@=<>.,:;()\\[\\]{}])");

  private static final Kind[] KINDS = {
    Kind.STRING, Kind.NAME, Kind.NUMBER, Kind.COMMENT, Kind.SPACE, Kind.LINE_BREAK, Kind.OPERATOR
  };
  private static final String[] GROUPS = {
    "string", "name", "number", "comment", "space", "break", "operator"
  };

  /** Empty where it does not look like Python. */
  static Optional<List<Token>> read(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    int depth = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt() || depth < 0) {
        return Optional.empty();
      }
      String piece = matcher.group();
      if (piece.length() == 1 && ")]}".contains(piece)) {
        depth--;
      }
      tokens.add(new Token(kind(matcher), piece, depth));
      if (piece.length() == 1 && "([{".contains(piece)) {
        depth++;
      }
      at = matcher.end();
    }
    return depth == 0 ? Optional.of(tokens) : Optional.empty();
  }

  private static Kind kind(Matcher matcher) {
    for (int i = 0; i < KINDS.length; i++) {
      if (matcher.start(GROUPS[i]) >= 0) {
        return KINDS[i];
      }
    }
    throw new IllegalStateException("no group of " + TOKEN);
  }

  boolean is(String other) {
    return text.equals(other);
  }

  /** Neither blank nor a comment. */
  boolean matters() {
    return kind != Kind.SPACE && kind != Kind.COMMENT && kind != Kind.LINE_BREAK;
  }

  /** The end of a logical line: a line break within brackets is none. */
  boolean endsLine() {
    return kind == Kind.LINE_BREAK && depth == 0;
  }

  static String join(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append(token.text));
    return text.toString();
  }
}
