package dev.gatehouse.samples.mutation.blind;

import java.util.List;
import java.util.Set;

/**
 * A logical line: a statement, or the head of a block, or nothing but a comment.
 *
 * @param indent the blanks before it
 * @param tokens without the blanks before and the line break behind
 */
record Line(String indent, List<Token> tokens) {
  private static final Set<String> COMPOUND =
      Set.of(
          "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class",
          "async", "@", "match", "case");

  Line {
    tokens = List.copyOf(tokens);
  }

  /** Whether there is nothing in it but blanks and a comment. */
  boolean isEmpty() {
    return tokens.stream().noneMatch(Token::matters);
  }

  /** The first piece that matters; empty where there is none. */
  String first() {
    return tokens.stream().filter(Token::matters).findFirst().map(Token::text).orElse("");
  }

  /** A statement of the module itself that is neither a block nor a part of one. */
  boolean isSimpleOfModule() {
    return !isEmpty() && indent.isEmpty() && !COMPOUND.contains(first());
  }

  boolean isImport() {
    return first().equals("import") || first().equals("from");
  }

  boolean isOfTheFuture() {
    return first().equals("from") && text().startsWith("from __future__");
  }

  /** A statement that is nothing but a string, as a docstring is. */
  boolean isString() {
    return tokens.stream()
        .filter(Token::matters)
        .allMatch(token -> token.kind() == Token.Kind.STRING);
  }

  boolean hasComment() {
    return tokens.stream().anyMatch(token -> token.kind() == Token.Kind.COMMENT);
  }

  /** Whether it covers several lines of the file. */
  boolean isLong() {
    return text().indexOf('\n') >= 0 || text().indexOf('\r') >= 0;
  }

  String text() {
    return Token.join(tokens);
  }

  /** The line, with more blanks before it; what is inside of it stays as it is. */
  String written(String before) {
    return (tokens.isEmpty() ? "" : before + indent + text()) + "\n";
  }
}
