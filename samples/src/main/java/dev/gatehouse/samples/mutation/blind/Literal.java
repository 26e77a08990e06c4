package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** String literals of Python. */
final class Literal {
  private Literal() {}

  /** A literal of one line for the text. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\'', '\\' -> out.append('\\').append((char) c);
                default -> {
                  if (c >= 0x20 && c < 0x7f) {
                    out.append((char) c);
                  } else {
                    out.append("\\U%08x".formatted(c));
                  }
                }
              }
            });
    return out.append('\'').toString();
  }

  /** The text of a literal of one line without a prefix; empty for all others. */
  static Optional<String> value(String literal) {
    char quote = literal.charAt(0);
    boolean triple = literal.length() > 5 && literal.startsWith(String.valueOf(quote).repeat(3));
    if ((quote != '"' && quote != '\'') || triple) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    int i = 1;
    while (i < literal.length() - 1) {
      char c = literal.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = literal.charAt(i++);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case '\\', '\'', '"' -> text.append(escaped);
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  /**
   * Writes literals as other expressions.
   *
   * @param most characters of those that are replaced
   * @param write gives an expression in brackets for a text; empty where the literal is to stay
   */
  static Optional<String> replaced(
      String source, int most, Function<String, Optional<String>> write) {
    return Token.read(source)
        .map(
            tokens -> {
              StringBuilder out = new StringBuilder();
              for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                out.append(
                    isAlone(tokens, i)
                        ? value(token.text())
                            .filter(text -> text.length() > 1 && text.length() <= most)
                            .flatMap(write)
                            .orElse(token.text())
                        : token.text());
              }
              return out.toString();
            });
  }

  /** A string that is no docstring and no part of a literal of several strings. */
  private static boolean isAlone(List<Token> tokens, int at) {
    if (tokens.get(at).kind() != Token.Kind.STRING) {
      return false;
    }
    List<Token> around = new ArrayList<>();
    around.add(next(tokens, at, -1));
    around.add(next(tokens, at, 1));
    boolean statement =
        tokens.get(at).depth() == 0
            && around.get(0).endsLine()
            && around.get(1).kind() == Token.Kind.LINE_BREAK;
    return !statement && around.stream().noneMatch(token -> token.kind() == Token.Kind.STRING);
  }

  /** The next piece that matters, or the end of the logical line. */
  private static Token next(List<Token> tokens, int at, int step) {
    for (int i = at + step; i >= 0 && i < tokens.size(); i += step) {
      if (tokens.get(i).matters() || tokens.get(i).endsLine()) {
        return tokens.get(i);
      }
    }
    return new Token(Token.Kind.LINE_BREAK, "\n", 0);
  }
}
