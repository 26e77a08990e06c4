package dev.gatehouse.inspection.python;

import java.util.List;

/** The inside of an f-string: literal text and replacement fields (PEP 498, PEP 701). */
final class FormattedString {
  private final StringLiteral literal;
  private final String body;
  private final int at;
  private final int depth;
  private final Vocabulary vocabulary;

  FormattedString(StringLiteral literal, int at, int depth, Vocabulary vocabulary) {
    this.literal = literal;
    this.body = literal.body();
    this.at = at;
    this.depth = depth;
    this.vocabulary = vocabulary;
  }

  void addTo(List<Expression> parts) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i);
      boolean doubled = i + 1 < body.length() && body.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        text.append(c);
        i += 2;
      } else if (c == '{') {
        flush(text, parts);
        i = field(i + 1, parts);
      } else {
        text.append(c);
        i++;
      }
    }
    flush(text, parts);
  }

  private void flush(StringBuilder text, List<Expression> parts) {
    if (!text.isEmpty()) {
      String plain = text.toString();
      parts.add(
          vocabulary.literal(
              new Expression.Constant(
                  at, literal.isRaw() ? plain : StringLiteral.unescape(plain, true))));
      text.setLength(0);
    }
  }

  /** The field that begins there; returns where the text goes on. */
  private int field(int from, List<Expression> parts) {
    int end = endOfField(from);
    String field = body.substring(from, Math.min(end, body.length()));
    Tokens tokens = Lexer.read(("(" + field + ")").toCharArray());
    Cursor cursor = new Cursor(tokens, at, vocabulary);
    try {
      cursor.expect("(");
      parts.add(new ExpressionParser(cursor, depth).list());
    } catch (SyntaxException _) {
      parts.add(new Expression.Name(at, "_"));
    }
    return end + 1;
  }

  private int endOfField(int from) {
    int open = 0;
    char quote = 0;
    for (int i = from; i < body.length(); i++) {
      char c = body.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        open++;
      } else if (c == '}' && open == 0) {
        return i;
      } else if (c == ')' || c == ']' || c == '}') {
        open--;
      }
    }
    return body.length();
  }
}
