package dev.gatehouse.samples.mutation;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Noise, and other forms of the same text. */
final class Forms {
  private static final String BENIGN =
      """
      def _ratio(part, whole):
          if not whole:
              return 0.0
          return round(100.0 * part / whole, 1)


      def _chunks(items, size):
          for start in range(0, len(items), size):
              yield items[start:start + size]


      """;

  private Forms() {}

  static List<Transformation> all() {
    return List.of(
        module("form-benign-before", s -> BENIGN + s),
        module("form-benign-around", s -> BENIGN + s + "\n\n" + BENIGN.replace("_ratio", "_share")),
        module("form-comments", s -> commented(s)),
        module("form-docstring", s -> "\"\"\"Helpers of the package.\"\"\"\n" + s),
        any("form-crlf", s -> s.replace("\n", "\r\n")),
        any("form-cr", s -> s.replace("\n", "\r")),
        any("form-bom", s -> "\ufeff" + s),
        module("form-tabs", s -> s.indexOf("\"\"\"", 10) > 200 ? s : s.replace("    ", "\t")),
        module("form-try", s -> wrapped("try:\n", s, "except Exception:\n    pass\n")),
        module("form-if", s -> wrapped("if True:\n", s, "")),
        module(
            "form-if-condition",
            s -> wrapped("import sys as _y\nif _y.version_info[0] > 2:\n", s, "")),
        module("form-for", s -> wrapped("for _once in range(1):\n", s, "")),
        module("form-while", s -> wrapped("_n = 0\nwhile _n < 1:\n    _n += 1\n", s, "")),
        module(
            "form-with",
            s -> wrapped("import contextlib as _c\nwith _c.suppress(Exception):\n", s, "")),
        new Source("form-off-screen", Forms::offScreen),
        // Other letters would become others, of which no name may have some.
        module(
            "form-cookie",
            s -> s.chars().allMatch(c -> c < 128) ? "# -*- coding: latin-1 -*-\n" + s : s),
        module(
            "form-continuation",
            s -> new PythonText(s, false).code(code -> code.replace(" = ", " = \\\n    "))),
        module("form-main-false", s -> wrapped("if __name__ != '__main__':\n", s, "")));
  }

  private static Transformation module(String name, UnaryOperator<String> rewrite) {
    return new Source(
        name,
        (text, _) ->
            text.isPth() || text.text().contains("from __future__")
                ? Optional.empty()
                : Optional.of(rewrite.apply(text.text())));
  }

  private static Transformation any(String name, UnaryOperator<String> rewrite) {
    return new Source(name, (text, _) -> Optional.of(rewrite.apply(text.text())));
  }

  private static String wrapped(String head, String body, String tail) {
    if (body.indexOf("\"\"\"", 10) > 200 || body.replaceAll("#.*", "").isBlank()) {
      return body;
    }
    StringBuilder out = new StringBuilder(head);
    body.lines()
        .forEach(line -> out.append(line.isEmpty() ? "" : "    ").append(unfed(line)).append('\n'));
    return out.append(tail).toString();
  }

  /** A form feed starts the line anew, as if there were no blanks before it. */
  static String unfed(String line) {
    return line.startsWith("\f") ? line.substring(1) : line;
  }

  private static String commented(String text) {
    StringBuilder out = new StringBuilder();
    text.lines()
        .forEach(
            line ->
                out.append(line)
                    .append(line.endsWith(")") ? "  # see the notes on the release" : "")
                    .append('\n'));
    return out.toString();
  }

  /** Joins the last simple statement to the first line, far to the right. */
  private static Optional<String> offScreen(PythonText text, RandomGenerator random) {
    List<String> lines = text.lines();
    if (text.isPth() || lines.size() < 3) {
      return Optional.empty();
    }
    String last = lines.getLast();
    boolean simple =
        !last.isBlank() && !Character.isWhitespace(last.charAt(0)) && !last.startsWith(")");
    if (!simple) {
      return Optional.empty();
    }
    lines.removeLast();
    lines.add("pass;" + " ".repeat(150 + random.nextInt(200)) + last);
    return Optional.of(String.join("\n", lines) + "\n");
  }
}
