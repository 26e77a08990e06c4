package dev.gatehouse.inspection.python;

import java.util.List;

/** A source as a tree. */
public final class SyntaxTree {
  private final Tokens tokens;
  private final List<Statement> statements;
  private final Vocabulary vocabulary;
  private final int unread;

  SyntaxTree(Tokens tokens, List<Statement> statements, Vocabulary vocabulary, int unread) {
    this.tokens = tokens;
    this.statements = List.copyOf(statements);
    this.vocabulary = vocabulary;
    this.unread = unread;
  }

  /** Reads a source. Never fails: see {@link #unread}. */
  public static SyntaxTree of(String source) {
    return new Parser(Lexer.read(source.toCharArray())).parse();
  }

  /** The statements of the module. */
  public List<Statement> statements() {
    return statements;
  }

  /** What the tree can name. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** How many statements could not be read and were passed over. */
  public int unread() {
    return unread;
  }

  /** The line of an offset, counted from 1. */
  public int lineOf(int offset) {
    return tokens.lineOf(offset);
  }

  /** The text of the line that an offset lies in. */
  public String line(int offset) {
    return tokens.line(offset);
  }

  /** What stands from an offset on, at most so many characters of its line. */
  public String rest(int offset, int most) {
    return tokens.rest(offset, most);
  }
}
