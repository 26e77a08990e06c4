package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of a call. */
final class Arguments {
  private Arguments() {}

  /** Each without blanks around it; empty where some of them are not written out, as {@code *a}. */
  static Optional<List<String>> read(String text) {
    return Token.read(text).flatMap(Arguments::split);
  }

  private static Optional<List<String>> split(List<Token> tokens) {
    List<String> all = new ArrayList<>();
    List<Token> one = new ArrayList<>();
    for (Token token : tokens) {
      if (token.depth() == 0 && token.is(",")) {
        all.add(Token.join(one).strip());
        one = new ArrayList<>();
      } else if (token.kind() == Token.Kind.COMMENT || (token.depth() == 0 && token.is("for"))) {
        return Optional.empty();
      } else {
        one.add(token);
      }
    }
    String last = Token.join(one).strip();
    if (!last.isEmpty()) {
      all.add(last);
    }
    return all.stream().anyMatch(argument -> argument.isEmpty() || argument.startsWith("*"))
        ? Optional.empty()
        : Optional.of(all);
  }

  /** The text behind {@code name=}. */
  static Optional<String> named(List<String> arguments, String name) {
    return arguments.stream()
        .filter(argument -> argument.matches("(?s)" + name + "\\s*=(?!=).*"))
        .map(argument -> argument.substring(argument.indexOf('=') + 1).strip())
        .findFirst();
  }

  /** Those without a name. */
  static List<String> positional(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> !argument.matches("(?s)\\w+\\s*=(?!=).*"))
        .toList();
  }
}
