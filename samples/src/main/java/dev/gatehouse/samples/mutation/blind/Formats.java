package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Sets the same code in another way. */
final class Formats {
  private static final int UNIT = 4;

  private Formats() {}

  static List<Transformation> all() {
    return List.of(
        Rewrite.module("format-one-line", Formats::oneLine),
        Rewrite.module("format-far-away", Formats::farAway),
        Rewrite.any("format-brackets", Formats::brackets),
        dots("format-spaced-dots", " . "),
        dots("format-backslashes", " \\\n  ."),
        indents("format-real-tabs", "\t"),
        indents("format-one-blank", " "),
        indents("format-wide", " ".repeat(11)),
        lines(
            "format-form-feed",
            line -> line.isSimpleOfModule() ? "\f" + line.written("") : line.written("")),
        lines(
            "format-blank-lines",
            line -> (line.isSimpleOfModule() ? "\n".repeat(40) : "") + line.written("")),
        lines("format-semicolons", Formats::semicolon),
        lines(
            "format-trailing",
            line -> line.isLong() ? line.written("") : line.written("").stripTrailing() + " \t \n"),
        Rewrite.module("format-mixed-ends", Formats::mixedEnds),
        Rewrite.any("format-bracketed-calls", Formats::bracketed),
        Rewrite.module("format-utf7", Formats::utf7));
  }

  private static Transformation lines(String name, Function<Line, String> write) {
    return Rewrite.module(
        name,
        place ->
            place
                .module()
                .map(
                    module -> {
                      StringBuilder out = new StringBuilder(module.head());
                      module.body().forEach(line -> out.append(write.apply(line)));
                      return out.toString();
                    }));
  }

  private static Transformation tokens(String name, Function<List<Token>, String> write) {
    return Rewrite.any(name, place -> Token.read(place.text()).map(write));
  }

  private static boolean isShort(Line line) {
    return line.isSimpleOfModule() && !line.isLong() && !line.hasComment();
  }

  private static String semicolon(Line line) {
    String text = line.text().strip();
    return isShort(line) && !text.endsWith(";") ? text + " ;\n" : line.written("");
  }

  /** Simple statements that follow each other on one line. */
  private static Optional<String> oneLine(Rewrite.Place place) {
    return joined(place, "; ");
  }

  /** So far to the right that no editor shows it. */
  private static Optional<String> farAway(Rewrite.Place place) {
    return joined(place, ";" + " ".repeat(200 + place.random().nextInt(600)));
  }

  private static Optional<String> joined(Rewrite.Place place, String between) {
    return place
        .module()
        .map(
            module -> {
              StringBuilder out = new StringBuilder(module.head());
              List<String> row = new ArrayList<>();
              for (Line line : module.body()) {
                if (isShort(line)) {
                  row.add(line.text().strip().replaceFirst(";$", ""));
                } else if (!line.isEmpty() || line.hasComment()) {
                  out.append(row.isEmpty() ? "" : String.join(between, row) + "\n");
                  row.clear();
                  out.append(line.written(""));
                }
              }
              return out.append(row.isEmpty() ? "" : String.join(between, row) + "\n").toString();
            });
  }

  /** Blanks, and in a module line breaks, wherever brackets allow them. */
  private static Optional<String> brackets(Rewrite.Place place) {
    RandomGenerator random = place.random();
    return Token.read(place.text())
        .map(
            tokens -> {
              StringBuilder out = new StringBuilder();
              for (Token token : tokens) {
                boolean opens = token.is("(") || token.is("[") || token.is("{");
                boolean inside = token.depth() > 0 && token.is(",");
                out.append(token.text());
                if (opens || inside) {
                  out.append(place.isPth() ? "" : "\n").append(" ".repeat(random.nextInt(30)));
                }
              }
              return out.toString();
            });
  }

  /** Between names alone: three dots are one thing, and those of imports may be more. */
  private static Transformation dots(String name, String dot) {
    return tokens(
        name,
        tokens -> {
          StringBuilder out = new StringBuilder();
          for (int i = 0; i < tokens.size(); i++) {
            boolean between =
                tokens.get(i).is(".")
                    && i > 0
                    && i + 1 < tokens.size()
                    && tokens.get(i - 1).kind() == Token.Kind.NAME
                    && tokens.get(i + 1).kind() == Token.Kind.NAME;
            out.append(between ? dot : tokens.get(i).text());
          }
          return out.toString();
        });
  }

  private static Transformation indents(String name, String unit) {
    return Rewrite.module(
        name,
        place ->
            place
                .module()
                .filter(
                    module ->
                        module.body().stream()
                            .allMatch(
                                line ->
                                    line.isEmpty()
                                        || (line.indent().replace(" ", "").isEmpty()
                                            && line.indent().length() % UNIT == 0)))
                .map(
                    module -> {
                      StringBuilder out = new StringBuilder(module.head());
                      for (Line line : module.body()) {
                        String indent = unit.repeat(line.indent().length() / UNIT);
                        out.append(line.isEmpty() ? "" : indent).append(line.text()).append('\n');
                      }
                      return out.toString();
                    }));
  }

  /** A carriage return before some of the line feeds. */
  private static Optional<String> mixedEnds(Rewrite.Place place) {
    StringBuilder out = new StringBuilder();
    String[] lines = place.text().split("\r\n|\r|\n", -1);
    for (int i = 0; i < lines.length; i++) {
      out.append(lines[i]);
      boolean joined = lines[i].endsWith("\\");
      if (i < lines.length - 1) {
        out.append(!joined && place.random().nextBoolean() ? "\r\n" : "\n");
      }
    }
    return Optional.of(out.toString());
  }

  /** Brackets round the name of what is called: {@code (exec)(…)}. */
  private static Optional<String> bracketed(Rewrite.Place place) {
    return Call.replaced(
        place.text(),
        call ->
            PythonModule.isKeyword(call.callee())
                ? Optional.empty()
                : Optional.of("(" + call.callee() + ")(" + call.arguments() + ")"));
  }

  /** Python reads a source in whatever encoding its first line names (PEP 263). */
  private static Optional<String> utf7(Rewrite.Place place) {
    StringBuilder out = new StringBuilder("# -*- coding: utf-7 -*-\n");
    RandomGenerator random = place.random();
    place
        .text()
        .codePoints()
        .forEach(
            c -> {
              boolean plain = c < 128 && c != '+' && c != '~' && random.nextInt(4) > 0;
              byte[] bytes = Character.toString(c).getBytes(UTF_16BE);
              out.append(
                  c == '\n' || c == '\r' || plain
                      ? Character.toString(c)
                      : "+" + Base64.getEncoder().withoutPadding().encodeToString(bytes) + "-");
            });
    return Optional.of(out.toString());
  }
}
