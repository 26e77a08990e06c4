package dev.gatehouse.samples.mutation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reaches modules and functions by other names. */
final class Names {
  private static final Pattern DEFINED =
      Pattern.compile("(?m)^ *(?:def|class) ([A-Za-z]\\w*)|^ *([A-Za-z]\\w*) = ");

  private Names() {}

  static List<Transformation> all() {
    return List.of(
        new Source("name-renamed", Names::renamed),
        new Source("import-alias", (text, random) -> imports(text, random, "import %1$s as %2$s")),
        new Source(
            "import-dunder",
            (text, random) -> imports(text, random, "%2$s = __import__('%1$s', fromlist=['x'])")),
        new Source(
            "import-importlib",
            (text, random) ->
                imports(text, random, "%2$s = __import__('importlib').import_module('%1$s')")),
        new Source("import-split", (text, random) -> splitImports(text, random)),
        new Source("attribute-getattr", (text, _) -> attributes(text, "getattr(%1$s, '%2$s')(")),
        new Source(
            "attribute-getattr-split",
            (text, random) -> split(text, random, "getattr(%1$s, '%2$s' + '%3$s')(")),
        new Source("attribute-vars", (text, _) -> attributes(text, "vars(%1$s)['%2$s'](")),
        new Source(
            "attribute-dict",
            (text, random) -> split(text, random, "%1$s.__dict__['%2$s' + '%3$s'](")),
        new Source(
            "builtin-getattr",
            (text, _) -> builtins(text, "getattr(__import__('builtins'), '%s')(")),
        new Source(
            "builtin-globals",
            (text, _) ->
                builtins(
                    text,
                    "(__builtins__ if isinstance(__builtins__, dict) else vars(__builtins__))['%s'](")),
        new Source("builtin-alias", Names::aliased),
        new Source("name-nfkc", Names::bold));
  }

  private static Optional<String> renamed(PythonText text, RandomGenerator random) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = DEFINED.matcher(text.text());
    while (matcher.find()) {
      names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    // A name that is an argument's somewhere is left alone: the call would no longer fit.
    names.removeIf(name -> Pattern.compile("[(,] *" + name + "=").matcher(text.text()).find());
    String made = text.text();
    for (String name : names) {
      String other = "_" + Integer.toHexString(random.nextInt(1 << 24) | 1 << 24);
      Pattern whole = Pattern.compile("(?<![.\\w])" + name + "(?!\\w)");
      made = new PythonText(made, text.isPth()).code(code -> whole.matcher(code).replaceAll(other));
    }
    return Optional.of(made);
  }

  /** Another line for each import, and the new name wherever the old one stood. */
  private static Optional<String> imports(PythonText text, RandomGenerator random, String format) {
    if (text.isPth()) {
      return Optional.empty();
    }
    String made = text.text();
    for (String module : text.imports()) {
      String other = "_m" + Integer.toHexString(random.nextInt(1 << 20));
      made = replaced(made, module, other, format.formatted(module, other));
    }
    return Optional.of(made);
  }

  private static Optional<String> splitImports(PythonText text, RandomGenerator random) {
    if (text.isPth()) {
      return Optional.empty();
    }
    String made = text.text();
    for (String module : text.imports()) {
      if (module.length() < 2) {
        continue;
      }
      int cut = 1 + random.nextInt(module.length() - 1);
      String other = "_m" + Integer.toHexString(random.nextInt(1 << 20));
      made =
          replaced(
              made,
              module,
              other,
              "%s = __import__('%s' + '%s', fromlist=['x'])"
                  .formatted(other, module.substring(0, cut), module.substring(cut)));
    }
    return Optional.of(made);
  }

  private static String replaced(String text, String module, String other, String line) {
    Pattern used = Pattern.compile("(?<![.\\w])" + Pattern.quote(module) + "(?=\\.)");
    String uses = new PythonText(text, false).code(code -> used.matcher(code).replaceAll(other));
    return Pattern.compile("(?m)^( *)import " + Pattern.quote(module) + "$")
        .matcher(uses)
        .replaceAll("$1" + Matcher.quoteReplacement(line));
  }

  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private static Pattern calls(PythonText text) {
    Set<String> modules = new LinkedHashSet<>(text.imports());
    if (text.isPth()) {
      modules.addAll(List.of("os", "subprocess", "sys", "base64"));
    }
    if (modules.isEmpty()) {
      // Otherwise it would find what stands behind any dot.
      return NOTHING;
    }
    String names = String.join("|", modules.stream().map(Pattern::quote).toList());
    return Pattern.compile("(?<![.\\w])(" + names + ")\\.(\\w{2,})\\(");
  }

  private static Optional<String> attributes(PythonText text, String format) {
    Pattern calls = calls(text);
    return Optional.of(
        text.code(
            code ->
                calls
                    .matcher(code)
                    .replaceAll(
                        found ->
                            Matcher.quoteReplacement(
                                format.formatted(found.group(1), found.group(2))))));
  }

  private static Optional<String> split(PythonText text, RandomGenerator random, String format) {
    Pattern calls = calls(text);
    return Optional.of(
        text.code(
            code ->
                calls
                    .matcher(code)
                    .replaceAll(
                        found -> {
                          String name = found.group(2);
                          int cut = 1 + random.nextInt(name.length() - 1);
                          return Matcher.quoteReplacement(
                              format.formatted(
                                  found.group(1), name.substring(0, cut), name.substring(cut)));
                        })));
  }

  private static final Pattern BUILTIN = Pattern.compile("(?<![.\\w])(exec|eval|compile|open)\\(");

  private static Optional<String> builtins(PythonText text, String format) {
    return Optional.of(
        text.code(
            code ->
                BUILTIN
                    .matcher(code)
                    .replaceAll(
                        found -> Matcher.quoteReplacement(format.formatted(found.group(1))))));
  }

  private static Optional<String> aliased(PythonText text, RandomGenerator random) {
    if (text.isPth() || !BUILTIN.matcher(text.text()).find()) {
      return Optional.empty();
    }
    String other = "_b" + Integer.toHexString(random.nextInt(1 << 20));
    String made = text.code(code -> BUILTIN.matcher(code).replaceAll(other + "_$1("));
    StringBuilder head = new StringBuilder();
    for (String name : List.of("exec", "eval", "compile", "open")) {
      if (made.contains(other + "_" + name + "(")) {
        head.append("%s_%s = %s\n".formatted(other, name, name));
      }
    }
    return Optional.of(head + made);
  }

  /** Letters of mathematics, which Python takes for the plain ones (PEP 3131). */
  private static Optional<String> bold(PythonText text, RandomGenerator random) {
    return Optional.of(
        text.code(
            code ->
                BUILTIN
                    .matcher(code)
                    .replaceAll(
                        found -> {
                          StringBuilder letters = new StringBuilder();
                          found
                              .group(1)
                              .chars()
                              .forEach(c -> letters.appendCodePoint(0x1d41a + c - 'a'));
                          return letters + "(";
                        })));
  }
}
