package dev.gatehouse.inspection.python;

/** What a token is. */
enum TokenKind {
  NAME,
  NUMBER,
  STRING,
  OPERATOR,
  NEWLINE,
  INDENT,
  DEDENT,
  END
}
