package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.Optional;

/** Runs a text, and opens a file, by something else than the function that everybody knows. */
final class Runs {
  private Runs() {}

  static List<Transformation> all() {
    return List.of(
        run("run-sorted", "sorted([%1$s], key=lambda c: exec(c, %2$s) or 0)"),
        run("run-max", "max([%1$s], key=lambda c: exec(c, %2$s) or 0)"),
        run(
            "run-class-item",
            "type('_', (), {'__class_getitem__': lambda _, c: exec(c, %2$s)})[%1$s]"),
        run("run-iterator", "next(iter(lambda c=%1$s: exec(c, %2$s), 0))"),
        run("run-any", "any(exec(c, %2$s) for c in (%1$s,))"),
        run("run-eval", "eval(compile(%1$s, '<frozen>', 'exec'), %2$s)"),
        run("run-tree", "exec(compile(__import__('ast').parse(%1$s), '', 'exec'), %2$s)"),
        run("run-lambda-code", "(lambda: 0).__class__(compile(%1$s, '', 'exec'), %2$s)()"),
        run("run-debugger", "__import__('bdb').Bdb().run(%1$s, %2$s)"),
        run(
            "run-console",
            "__import__('code').InteractiveInterpreter(%2$s)"
                + ".runcode(compile(%1$s, '', 'exec'))"),
        run("run-call-method", "exec.__call__(%1$s, %2$s)"),
        run("run-locals", "(lambda **f: f['x'](%1$s, %2$s))(x=exec)"),
        Rewrite.module("run-decorator", Runs::decorated),
        opened("open-path", "__import__('pathlib').Path(%s).open(%s)"),
        opened("open-descriptor", "__import__('io').open(__import__('os').open(%s, %s), %s)"));
  }

  /** The text, and the names for it. */
  private static Transformation run(String name, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call -> source(call).map(all -> format.formatted(all.get(0), all.get(1)))));
  }

  private static Optional<List<String>> source(Call call) {
    return Optional.of(call)
        .filter(one -> one.module().isEmpty() && one.function().equals("exec"))
        .flatMap(Call::each)
        .filter(all -> !all.isEmpty() && all.size() < 3)
        .filter(all -> Arguments.positional(all).size() == all.size())
        .map(all -> List.of(all.get(0), all.size() > 1 ? all.get(1) : "globals()"));
  }

  /** A statement that is nothing but the call becomes a class, which the call decorates. */
  private static Optional<String> decorated(Rewrite.Place place) {
    return place
        .module()
        .map(
            module -> {
              StringBuilder out = new StringBuilder(module.head());
              for (Line line : module.body()) {
                String text = line.text().strip();
                out.append(
                    decorated(text, place.fresh("_D"))
                        .map(made -> made.replaceAll("(?m)^", line.indent()) + "\n")
                        .orElse(line.written("")));
              }
              return out.toString();
            });
  }

  private static Optional<String> decorated(String statement, String name) {
    if (!statement.startsWith("exec(") || statement.indexOf('\n') >= 0) {
      return Optional.empty();
    }
    String inside = statement.substring(5, statement.length() - 1);
    return statement.endsWith(")")
        ? Arguments.read(inside)
            .filter(all -> all.size() == 1)
            .map(all -> "@exec\n@(lambda _: %s)\nclass %s:\n    pass".formatted(all.get(0), name))
        : Optional.empty();
  }

  private static Transformation opened(String name, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    Optional.of(call)
                        .filter(one -> one.module().isEmpty() && one.function().equals("open"))
                        .flatMap(Call::each)
                        .filter(all -> all.size() == 2)
                        .flatMap(all -> opened(all, format))));
  }

  private static Optional<String> opened(List<String> all, String format) {
    Optional<String> mode = Token.read(all.get(1)).map(Token::join).flatMap(Runs::mode);
    boolean numbers = format.endsWith("%s), %s)");
    return mode.map(
        text ->
            numbers
                ? format.formatted(
                    all.get(0), text.startsWith("r") ? "0" : "0o1101", Literal.quoted(text))
                : format.formatted(all.get(0), Literal.quoted(text)));
  }

  /** The mode, where it is written out and no more than a name of how to read or write. */
  private static Optional<String> mode(String literal) {
    return literal.matches("[\"'](?:r|w|rb|wb)[\"']") ? Literal.value(literal) : Optional.empty();
  }
}
