package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Writes string literals otherwise. */
final class Strings {
  private static final String MODULE = "__import__(\"base64\")";

  /** Of a longer sum, Python's compiler overruns its stack. */
  private static final int MOST_PARTS = 900;

  /** Writes the text of a literal as an expression. */
  private interface Writer {
    String write(String text, RandomGenerator random);
  }

  private Strings() {}

  static List<Transformation> all() {
    return List.of(
        strings(
            "string-plus",
            (s, r) -> {
              int cut = cut(s, r);
              return "('%s' + '%s')".formatted(s.substring(0, cut), s.substring(cut));
            }),
        strings(
            "string-join",
            (s, r) -> {
              int cut = cut(s, r);
              return "''.join(['%s', '%s'])".formatted(s.substring(0, cut), s.substring(cut));
            }),
        strings(
            "string-percent",
            (s, r) -> {
              int cut = cut(s, r);
              return "('%%s%%s' %% ('%s', '%s'))".formatted(s.substring(0, cut), s.substring(cut));
            }),
        strings(
            "string-format",
            (s, r) -> {
              int cut = cut(s, r);
              return "'{}{}'.format('%s', '%s')".formatted(s.substring(0, cut), s.substring(cut));
            }),
        strings(
            "string-fstring",
            (s, r) -> {
              int cut = cut(s, r);
              return s.indexOf('{') >= 0 || s.indexOf('}') >= 0
                  ? "'" + s + "'"
                  : "f'{\"%s\"}%s'".formatted(s.substring(0, cut), s.substring(cut));
            }),
        strings(
            "string-reversed", (s, _) -> "'%s'[::-1]".formatted(new StringBuilder(s).reverse())),
        strings(
            "string-chr",
            (s, _) -> {
              if (s.length() > MOST_PARTS) {
                return "'" + s + "'";
              }
              StringBuilder parts = new StringBuilder();
              s.codePoints()
                  .forEach(
                      c ->
                          parts
                              .append(parts.isEmpty() ? "" : " + ")
                              .append("chr(")
                              .append(c)
                              .append(")"));
              return "(" + parts + ")";
            }),
        strings(
            "string-bytes",
            (s, _) -> {
              StringBuilder numbers = new StringBuilder();
              for (byte b : s.getBytes(UTF_8)) {
                numbers.append(numbers.isEmpty() ? "" : ", ").append(b & 0xff);
              }
              return "bytes([%s]).decode()".formatted(numbers);
            }),
        strings(
            "string-hex",
            (s, _) ->
                "bytes.fromhex('%s').decode()"
                    .formatted(HexFormat.of().formatHex(s.getBytes(UTF_8)))),
        strings(
            "string-base64",
            (s, _) ->
                "%s.b64decode('%s').decode()"
                    .formatted(MODULE, Base64.getEncoder().encodeToString(s.getBytes(UTF_8)))),
        strings(
            "string-escapes",
            (s, _) -> {
              StringBuilder out = new StringBuilder("'");
              for (byte b : s.getBytes(UTF_8)) {
                out.append("\\x%02x".formatted(b & 0xff));
              }
              return s.chars().allMatch(c -> c < 128) ? out.append("'").toString() : "'" + s + "'";
            }),
        strings(
            "string-replace",
            (s, _) ->
                "'%s'.replace('~~', '')"
                    .formatted(
                        s.substring(0, s.length() / 2) + "~~" + s.substring(s.length() / 2))));
  }

  private static int cut(String text, RandomGenerator random) {
    return 1 + random.nextInt(text.length() - 1);
  }

  /** Half of the literals, and all of the short ones that are names. */
  private static Transformation strings(String name, Writer writer) {
    return new Source(
        name,
        (text, random) ->
            Optional.of(
                text.strings(
                    literal ->
                        literal.indexOf('\'') >= 0
                                || literal.indexOf('"') >= 0
                                || random.nextInt(3) == 0
                            ? (literal.indexOf('"') >= 0
                                ? "'" + literal + "'"
                                : "\"" + literal + "\"")
                            : writer.write(literal, random))));
  }
}
