package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reaches modules, their functions and the built-in ones by a detour. */
final class Access {
  private static final Set<String> BUILTINS =
      Set.of("exec", "eval", "compile", "open", "__import__", "getattr", "bytes", "chr");

  /** Modules that have these as an attribute in every Python from 3.9 on. */
  private static final Map<String, String> THROUGH =
      Map.of("os", "__import__('shutil').os", "sys", "__import__('os').sys");

  private Access() {}

  static List<Transformation> all() {
    return List.of(
        calls("call-attrgetter", "__import__('operator').attrgetter('%2$s')(%1$s)", true),
        calls("call-getattribute", "object.__getattribute__(%1$s, '%2$s')", false),
        calls("call-lambda", "(lambda m: m.%2$s)(%1$s)", true),
        calls(
            "call-reduce",
            "__import__('functools').reduce(getattr, '%2$s'.split('.'), %1$s)",
            true),
        calls("call-reversed-name", "getattr(%1$s, '%3$s'[::-1])", false),
        calls("call-search", "next(v for k, v in vars(%1$s).items() if k[::-1] == '%3$s')", false),
        calls("call-resolve-name", "__import__('pkgutil').resolve_name('%4$s:%2$s')", true),
        calls("call-locate", "__import__('pydoc').locate('%4$s.%2$s')", true),
        calls("call-sys-modules", "__import__('sys').modules['%4$s'].%2$s", true),
        Rewrite.module("call-from-import", Access::fromImport),
        Rewrite.module("call-table", Access::table),
        builtins("builtin-self", "print.__self__.%s"),
        builtins("builtin-sys-modules", "__import__('sys').modules['builtins'].%s"),
        builtins("builtin-reversed-name", "getattr(__import__('builtins'), '%2$s'[::-1])"),
        imports("import-through-another", (module, name) -> name + " = " + through(module)),
        imports("import-exec", "exec('tropmi'[::-1] + ' %1$s as %2$s', globals())"),
        imports("import-map", "%2$s, = map(__import__, ['%1$s'])"),
        imports("import-dunder-of-importlib", "%2$s = __import__('importlib').__import__('%1$s')"),
        imports("import-or", "%2$s = __import__('sys').modules.get('%1$s') or __import__('%1$s')"));
  }

  /** The module, the function, its letters backwards, the module's own name. */
  private static Transformation calls(String name, String format, boolean dots) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    Optional.of(call)
                        .filter(
                            one ->
                                !one.meant().isEmpty() && (dots || one.function().indexOf('.') < 0))
                        .map(
                            one ->
                                format.formatted(
                                        one.module(),
                                        one.function(),
                                        reversed(one.function()),
                                        one.meant())
                                    + "("
                                    + one.arguments()
                                    + ")")));
  }

  private static Transformation builtins(String name, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    Optional.of(call)
                        .filter(one -> one.module().isEmpty() && BUILTINS.contains(one.function()))
                        .map(
                            one ->
                                format.formatted(one.function(), reversed(one.function()))
                                    + "("
                                    + one.arguments()
                                    + ")")));
  }

  private static Transformation imports(String name, String format) {
    return imports(name, (module, as) -> format.formatted(module, as));
  }

  private static Transformation imports(String name, Imports.Writer writer) {
    return Rewrite.module(
        name, place -> place.module().map(module -> Imports.rewritten(module, writer)));
  }

  private static String through(String module) {
    return THROUGH.getOrDefault(module, "__import__('" + module + "')");
  }

  /** Each function under a name of its own, imported where the module was. */
  private static Optional<String> fromImport(Rewrite.Place place) {
    Map<String, String> names = new LinkedHashMap<>();
    Optional<String> made =
        Call.replaced(
            place.text(),
            call -> {
              if (call.meant().isEmpty() || call.function().indexOf('.') >= 0) {
                return Optional.empty();
              }
              String line = "from %s import %s as ".formatted(call.meant(), call.function());
              String name = names.computeIfAbsent(line, _ -> place.fresh("_f"));
              return Optional.of(name + "(" + call.arguments() + ")");
            });
    StringBuilder lines = new StringBuilder();
    names.forEach((line, name) -> lines.append(line).append(name).append('\n'));
    return made.flatMap(text -> before(text, lines.toString()));
  }

  /** All functions in a table, which is read by numbers. */
  private static Optional<String> table(Rewrite.Place place) {
    Map<String, Integer> entries = new LinkedHashMap<>();
    String table = place.fresh("_t");
    Optional<String> made =
        Call.replaced(
            place.text(),
            call -> {
              if (call.meant().isEmpty()) {
                return Optional.empty();
              }
              String entry =
                  "__import__('pkgutil').resolve_name('%s:%s')"
                      .formatted(call.meant(), call.function());
              int number = entries.computeIfAbsent(entry, _ -> entries.size());
              return Optional.of("%s[%d](%s)".formatted(table, number, call.arguments()));
            });
    String line = "%s = [%s]\n".formatted(table, String.join(", ", entries.keySet()));
    return made.flatMap(text -> before(text, line));
  }

  /** Puts lines between the head of a source and the rest. */
  static Optional<String> before(String text, String lines) {
    return PythonModule.read(text).map(module -> module.head() + lines + module.indented(0));
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
