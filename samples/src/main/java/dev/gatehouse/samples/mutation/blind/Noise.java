package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Puts what does nothing round what does something. */
final class Noise {
  private static final String LICENSE =
      """
      # Copyright (c) 2019-2026 The authors of the package.
      #
      # Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file
      # except in compliance with the License. Unless required by applicable law or agreed to in
      # writing, software distributed under the License is distributed on an "AS IS" BASIS, WITHOUT
      # WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
      # specific language governing permissions and limitations under the License.
      #
      # pylint: disable=all
      # flake8: noqa
      # type: ignore
      # This file was generated; do not edit it by hand.

      """;

  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+) = (?s:.*)");

  /** Writes a statement of the module anew. */
  private interface Writer {
    String write(Line line, Rewrite.Place place);
  }

  private Noise() {}

  static List<Transformation> all() {
    return List.of(
        Rewrite.module("noise-license", place -> Optional.of(LICENSE + place.text())),
        Rewrite.module("noise-table", Noise::table),
        Rewrite.module("noise-functions", Noise::functions),
        Rewrite.module("noise-docstring-long", Noise::docstring),
        statements("noise-assignments", (line, place) -> assignment(place) + line.written("")),
        statements(
            "noise-comments",
            (line, _) -> "# See the ticket; the tests cover this.\n" + line.written("")),
        statements("noise-opaque", (line, place) -> opaque(place.random(), line)),
        statements(
            "noise-try-each",
            (line, _) -> "try:\n" + line.written("    ") + "finally:\n    pass\n"),
        statements(
            "noise-asserts",
            (line, place) -> "assert %s\n".formatted(truth(place.random())) + line.written("")),
        statements("noise-annotations", (line, _) -> annotated(line)));
  }

  /** Writes each simple statement of the module itself; the rest stays. */
  private static Transformation statements(String name, Writer writer) {
    return Rewrite.module(
        name,
        place ->
            place
                .module()
                .map(
                    module -> {
                      StringBuilder out = new StringBuilder(module.head());
                      for (Line line : module.body()) {
                        out.append(
                            line.isSimpleOfModule() ? writer.write(line, place) : line.written(""));
                      }
                      return out.toString();
                    }));
  }

  private static String assignment(Rewrite.Place place) {
    int number = place.random().nextInt(1 << 16);
    return "%s = (%d * %d) %% 97\n".formatted(place.fresh("_k"), number, number % 89);
  }

  private static String truth(RandomGenerator random) {
    int number = 2 + random.nextInt(500);
    return switch (random.nextInt(4)) {
      case 0 -> "%d * %d == %d".formatted(number, number + 1, number * (number + 1));
      case 1 -> "len('%s') < %d".formatted("x".repeat(number % 9), number + 9);
      case 2 -> "(%d ** 2 + %d) %% 2 == 0".formatted(number, number);
      default -> "not []";
    };
  }

  private static String opaque(RandomGenerator random, Line line) {
    return "if %s:\n%selse:\n    raise SystemExit(%d)\n"
        .formatted(truth(random), line.written("    "), random.nextInt(90));
  }

  /** In a function, what has an annotation could not be global; here it can. */
  private static String annotated(Line line) {
    String text = line.text();
    return ASSIGNMENT.matcher(text).matches() && line.first().equals(text.split(" ", 2)[0])
        ? text.replaceFirst(" = ", ": object = ") + "\n"
        : line.written("");
  }

  private static Optional<String> table(Rewrite.Place place) {
    RandomGenerator random = place.random();
    StringBuilder table = new StringBuilder(place.fresh("_TABLE")).append(" = [\n");
    for (int i = 0; i < 300; i++) {
      table.append(
          "    (%d, 0x%08x, '%c%c'),\n"
              .formatted(i, random.nextInt(), letter(random), letter(random)));
    }
    return Access.before(place.text(), table.append("]\n\n").toString());
  }

  private static char letter(RandomGenerator random) {
    return (char) ('a' + random.nextInt(26));
  }

  private static Optional<String> functions(Rewrite.Place place) {
    return place
        .module()
        .map(
            module -> {
              StringBuilder before = new StringBuilder();
              StringBuilder after = new StringBuilder();
              for (int i = 0; i < 30; i++) {
                (i % 2 == 0 ? before : after)
                    .append(
                        """
                        def %s(values, limit=%d):
                            total = 0
                            for value in values[:limit]:
                                if isinstance(value, int):
                                    total += value
                            return total


                        """
                            .formatted(place.fresh("_sum"), i + 3));
              }
              return module.head() + before + module.indented(0) + "\n\n" + after;
            });
  }

  private static Optional<String> docstring(Rewrite.Place place) {
    String row = "The functions here are called by the package itself; see the guide.\n";
    return place
        .module()
        .map(module -> module.head() + "'''" + row.repeat(60) + "'''\n" + module.indented(0));
  }
}
