package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Hides all of a source in other bytes, in one step or in several, and has Python run that. */
final class Layers {
  /** Ways to run a source that an expression gives. */
  private static final List<String> RUNS =
      List.of(
          "exec(%s)",
          "exec(compile(%s, __name__, 'exec'), globals())",
          "type(lambda: 0)(compile(%s, '', 'exec'), globals())()",
          "sorted([compile(%s, '-', 'exec')], key=lambda c: exec(c, globals()) or 0)",
          "[exec(c, globals()) for c in (%s,)]",
          "eval('exec(c, g)', {'c': %s, 'g': globals()})",
          "getattr(__import__('builtins'), bytes((101, 120, 101, 99)).decode())(%s, globals())");

  private Layers() {}

  static List<Transformation> all() {
    return List.of(
        chain("layer-bzip2", _ -> List.of(Encoding.BZIP2, Encoding.BASE64)),
        chain("layer-gzip", _ -> List.of(Encoding.GZIP, Encoding.A2B)),
        chain(
            "layer-zlib-reversed",
            _ -> List.of(Encoding.ZLIB, Encoding.REVERSED, Encoding.ASCII85)),
        chain("layer-url-safe", _ -> List.of(Encoding.ZLIB, Encoding.URL_SAFE)),
        chain("layer-base16", _ -> List.of(Encoding.BASE16)),
        chain("layer-long-key", random -> List.of(Encoding.xor(key(random)), Encoding.BASE64)),
        chain(
            "layer-shifted",
            random -> List.of(Encoding.shifted(1 + random.nextInt(200)), Encoding.ASCII85)),
        chain("layer-chain", Layers::mixed),
        chain("layer-many", random -> many(random)));
  }

  /** Chooses the steps, in the order of encoding. */
  private interface Chooser {
    List<Encoding> choose(RandomGenerator random);
  }

  private static Transformation chain(String name, Chooser chooser) {
    return Rewrite.any(
        name,
        place -> {
          RandomGenerator random = place.random();
          String source = place.isPth() ? place.text().strip() : place.text();
          if (place.isPth() && source.indexOf('\n') >= 0) {
            return Optional.empty();
          }
          List<Encoding> steps = chooser.choose(random);
          String literal = literal(encoded(source, steps), random, place.isPth());
          String run = RUNS.get(random.nextInt(RUNS.size())).formatted(decoding(literal, steps));
          return Optional.of(
              place.isPth()
                  ? "import %s; %s\n".formatted(String.join(", ", modules(steps, "sys")), run)
                  : imports(steps) + run + "\n");
        });
  }

  static byte[] encoded(String source, List<Encoding> steps) {
    byte[] bytes = source.getBytes(UTF_8);
    for (Encoding step : steps) {
      bytes = step.encoder().encode(bytes);
    }
    return bytes;
  }

  static String decoding(String encoded, List<Encoding> steps) {
    String expression = encoded;
    for (Encoding step : steps.reversed()) {
      expression = step.format().formatted(expression);
    }
    return expression;
  }

  static String imports(List<Encoding> steps) {
    StringBuilder lines = new StringBuilder();
    modules(steps, "").forEach(module -> lines.append("import ").append(module).append('\n'));
    return lines.toString();
  }

  private static Set<String> modules(List<Encoding> steps, String otherwise) {
    Set<String> modules = new TreeSet<>(steps.stream().map(Encoding::module).toList());
    modules.remove("");
    if (modules.isEmpty() && !otherwise.isEmpty()) {
      modules.add(otherwise);
    }
    return modules;
  }

  static byte[] key(RandomGenerator random) {
    byte[] key = new byte[5 + random.nextInt(20)];
    random.nextBytes(key);
    return key;
  }

  private static List<Encoding> mixed(RandomGenerator random) {
    List<Encoding> steps = new ArrayList<>();
    int count = 2 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      steps.add(
          switch (random.nextInt(6)) {
            case 0 -> Encoding.ZLIB;
            case 1 -> Encoding.BZIP2;
            case 2 -> Encoding.GZIP;
            case 3 -> Encoding.REVERSED;
            case 4 -> Encoding.shifted(1 + random.nextInt(200));
            default -> Encoding.xor(key(random));
          });
    }
    steps.add(text(random));
    return steps;
  }

  private static List<Encoding> many(RandomGenerator random) {
    List<Encoding> steps = new ArrayList<>();
    for (int i = 3 + random.nextInt(4); i > 0; i--) {
      steps.add(Encoding.ZLIB);
      steps.add(text(random));
    }
    return steps;
  }

  private static Encoding text(RandomGenerator random) {
    List<Encoding> all =
        List.of(
            Encoding.BASE64, Encoding.URL_SAFE, Encoding.A2B, Encoding.BASE16, Encoding.ASCII85);
    return all.get(random.nextInt(all.size()));
  }

  /** Of bytes: as one literal, or in rows as one writes a table. */
  private static String literal(byte[] encoded, RandomGenerator random, boolean oneLine) {
    String text = new String(encoded, US_ASCII).replace("\\", "\\\\").replace("'", "\\'");
    int width = 60 + random.nextInt(20);
    if (oneLine || random.nextBoolean() || text.indexOf('\\') >= 0) {
      return "b'" + text + "'";
    }
    StringBuilder rows = new StringBuilder("(\n");
    for (int i = 0; i < text.length(); i += width) {
      rows.append("    b'").append(text, i, Math.min(text.length(), i + width)).append("'\n");
    }
    return rows.append(")").toString();
  }
}
