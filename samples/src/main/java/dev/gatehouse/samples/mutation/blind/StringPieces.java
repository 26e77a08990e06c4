package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Expressions that put a text together from pieces which can still be read. */
final class StringPieces {
  private StringPieces() {}

  static String adjacent(String text, RandomGenerator random) {
    return pieces(text, random).stream().map(Literal::quoted).collect(Collectors.joining(" "));
  }

  private static List<String> pieces(String text, RandomGenerator random) {
    List<String> pieces = new ArrayList<>();
    int[] all = text.codePoints().toArray();
    int from = 0;
    while (from < all.length) {
      int length = Math.min(all.length - from, 1 + random.nextInt(Math.max(2, all.length / 3)));
      pieces.add(new String(all, from, length));
      from += length;
    }
    return pieces;
  }

  static String template(String text, RandomGenerator random) {
    List<String> pieces = pieces(text, random);
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      names.append("${p%d}".formatted(i));
      values.append("p%d=%s,".formatted(i, Literal.quoted(pieces.get(i))));
    }
    return "__import__('string').Template('%s').substitute(%s)".formatted(names, values);
  }

  /** The pieces in another order, which the fields put right. */
  static String fields(String text, RandomGenerator random) {
    List<String> pieces = pieces(text, random);
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      fields.append("{").append(pieces.size() - 1 - i).append("}");
    }
    return "'%s'.format(%s)"
        .formatted(
            fields,
            pieces.reversed().stream().map(Literal::quoted).collect(Collectors.joining(", ")));
  }

  /** No backslash may stand in the fields of an f-string before Python 3.12. */
  static String embedded(String text, RandomGenerator random) {
    StringBuilder out = new StringBuilder("f'");
    for (String piece : pieces(text, random)) {
      boolean plain = piece.chars().allMatch(c -> c > 32 && c < 127 && "\"'\\{}".indexOf(c) < 0);
      if (plain) {
        out.append("{\"%s\"[::-1]}".formatted(new StringBuilder(piece).reverse()));
      } else {
        piece.codePoints().forEach(c -> out.append("{chr(%d)}".formatted(c)));
      }
    }
    return out.append("'").toString();
  }

  static String removed(String text, RandomGenerator random) {
    char noise = "~^`|".charAt(random.nextInt(4));
    if (text.indexOf(noise) >= 0) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    pieces(text, random).forEach(piece -> out.append(piece).append(noise));
    return "''.join(%s.split('%c'))".formatted(Literal.quoted(out.toString()), noise);
  }

  static String swapped(String text) {
    if (text.chars().anyMatch(c -> c > 127)) {
      return "";
    }
    String lower = text.toLowerCase(Locale.ROOT);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == lower.charAt(i) ? Character.toUpperCase(c) : lower.charAt(i));
    }
    return Literal.quoted(out.toString()) + ".swapcase()";
  }
}
