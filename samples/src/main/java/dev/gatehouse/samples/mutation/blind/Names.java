package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives the names that a source defines other ones. */
final class Names {
  private static final Pattern DEFINED =
      Pattern.compile(
          "(?m)^ *(?:async )?(?:def|class) +(\\w+)|(?:^|;) *(\\w+) *=(?!=)|\\bfor +(\\w+) +in\\b"
              + "|\\bas +(\\w+) *:");

  private static final List<String> PLAUSIBLE =
      List.of(
          "refresh_cache",
          "load_defaults",
          "registry",
          "normalized",
          "merge_settings",
          "logger_name",
          "checksum_table",
          "resolve_locale",
          "build_index",
          "batch_size",
          "schema_version",
          "validate_input",
          "encode_header",
          "retry_policy",
          "feature_flags",
          "plugin_entries",
          "compat_level",
          "warm_start",
          "metrics_window",
          "sample_rate");

  private static final List<String> FOREIGN =
      List.of("значение", "данные", "变量", "函数", "数据", "δεδομένα", "τιμή", "정보", "データ", "größe");

  private static final List<String> WORDS =
      List.of("class_", "import_", "return_", "None_", "exec_", "lambda_", "self_", "yield_");

  /** Makes a name. */
  private interface Namer {
    String name(int number, RandomGenerator random);
  }

  private Names() {}

  static List<Transformation> all() {
    return List.of(
        renamed("name-lookalike", (_, random) -> lookalike(random, "lI1")),
        renamed("name-zeros", (_, random) -> lookalike(random, "O0")),
        renamed("name-letters", (number, _) -> letters(number)),
        renamed("name-underscores", (number, _) -> "_".repeat(number + 3)),
        renamed("name-plausible", (number, _) -> numbered(PLAUSIBLE, number)),
        renamed("name-foreign", (number, _) -> numbered(FOREIGN, number)),
        renamed("name-like-keyword", (number, _) -> numbered(WORDS, number)),
        renamed("name-dunder", (number, _) -> "__v%x__".formatted(number * 17 + 10)));
  }

  private static Transformation renamed(String name, Namer namer) {
    return Rewrite.module(
        name, place -> Token.read(place.text()).map(tokens -> renamed(place, tokens, namer)));
  }

  private static String renamed(Rewrite.Place place, List<Token> tokens, Namer namer) {
    Set<String> taken = new HashSet<>();
    tokens.forEach(token -> taken.add(token.text()));
    Map<String, String> names = new HashMap<>();
    int number = 0;
    for (String name : renameable(place, tokens)) {
      String other = namer.name(number++, place.random());
      while (!taken.add(other)) {
        other = namer.name(number++, place.random());
      }
      names.put(name, other);
    }
    StringBuilder out = new StringBuilder();
    for (Token token : tokens) {
      out.append(
          token.kind() == Token.Kind.NAME
              ? names.getOrDefault(token.text(), token.text())
              : token.text());
    }
    return out.toString();
  }

  /** Names that only this source knows, and only as names. */
  private static Set<String> renameable(Rewrite.Place place, List<Token> tokens) {
    StringBuilder code = new StringBuilder();
    Set<String> others = new HashSet<>();
    Token before = new Token(Token.Kind.LINE_BREAK, "\n", 0);
    boolean importing = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      importing = !token.endsLine() && !token.is(";") && (importing || token.is("import"));
      if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.COMMENT) {
        words(token.text(), others);
        code.append("''");
      } else {
        code.append(token.text());
        boolean argument = token.depth() > 0 && nextIs(tokens, i, "=");
        if (token.kind() == Token.Kind.NAME && (argument || before.is(".") || importing)) {
          others.add(token.text());
        }
      }
      before = token.matters() ? token : before;
    }
    place
        .files()
        .forEach(
            (path, bytes) -> {
              if (path.endsWith(".py") && !path.equals(place.path())) {
                words(new String(bytes, UTF_8), others);
              }
            });
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = DEFINED.matcher(code);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        Optional.ofNullable(matcher.group(group)).ifPresent(names::add);
      }
    }
    names.removeAll(others);
    names.removeIf(name -> name.startsWith("__"));
    return names;
  }

  private static boolean nextIs(List<Token> tokens, int at, String text) {
    for (int i = at + 1; i < tokens.size(); i++) {
      if (tokens.get(i).matters()) {
        return tokens.get(i).is(text);
      }
    }
    return false;
  }

  private static void words(String text, Set<String> words) {
    Matcher matcher = Pattern.compile("\\w+").matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
  }

  private static String lookalike(RandomGenerator random, String letters) {
    StringBuilder name = new StringBuilder().append(letters.charAt(0));
    for (int i = 0; i < 11; i++) {
      name.append(letters.charAt(random.nextInt(letters.length())));
    }
    return name.toString();
  }

  private static String letters(int number) {
    String letter = String.valueOf((char) ('a' + number % 26));
    return number < 26 ? letter : letters(number / 26 - 1) + letter;
  }

  private static String numbered(List<String> names, int number) {
    String name = names.get(number % names.size());
    return number < names.size() ? name : name + number / names.size();
  }
}
