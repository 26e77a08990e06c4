package dev.gatehouse.samples.mutation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a sample, cut into code, strings and comments; enough to rewrite what we wrote. */
final class PythonText {
  private static final Pattern STRINGS =
      Pattern.compile(
          "#[^\\n]*+|[A-Za-z]{0,2}(?:\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''"
              + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+')");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^( *)import ([a-z_][\\w.]*)(?: as (\\w+))?$");

  private final String text;
  private final boolean isPth;

  PythonText(String text, boolean isPth) {
    this.text = text;
    this.isPth = isPth;
  }

  String text() {
    return text;
  }

  boolean isPth() {
    return isPth;
  }

  /** Rewrites what is neither a string nor a comment. */
  String code(Function<String, String> rewrite) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = STRINGS.matcher(text);
    int from = 0;
    while (matcher.find()) {
      out.append(rewrite.apply(text.substring(from, matcher.start()))).append(matcher.group());
      from = matcher.end();
    }
    return out.append(rewrite.apply(text.substring(from))).toString();
  }

  /** Rewrites plain strings of one line, given without their quotes. */
  String strings(Function<String, String> rewrite) {
    List<MatchResult> literals = STRINGS.matcher(text).results().toList();
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int i = 0; i < literals.size(); i++) {
      MatchResult match = literals.get(i);
      out.append(text, from, match.start());
      String literal = match.group();
      char first = literal.charAt(0);
      boolean plain =
          (first == '"' || first == '\'')
              && !literal.startsWith("\"\"\"")
              && !literal.startsWith("'''")
              && literal.length() > 5
              && literal.indexOf('\\') < 0
              && !areAdjacent(literals, i - 1)
              && !areAdjacent(literals, i);
      out.append(plain ? rewrite.apply(literal.substring(1, literal.length() - 1)) : literal);
      from = match.end();
    }
    return out.append(text.substring(from)).toString();
  }

  /** Whether that literal and the next are one string: no expression may take the place of half. */
  private boolean areAdjacent(List<MatchResult> literals, int at) {
    return at >= 0
        && at + 1 < literals.size()
        && literals.get(at).group().charAt(0) != '#'
        && text.substring(literals.get(at).end(), literals.get(at + 1).start())
            .replace("\\", "")
            .isBlank();
  }

  /** The kind of quotes that are round that place; a blank where it is in no string. */
  char quoteAround(int at) {
    Matcher matcher = STRINGS.matcher(text);
    while (matcher.find() && matcher.start() <= at) {
      if (at < matcher.end() && matcher.group().charAt(0) != '#') {
        return matcher.group().charAt(matcher.group().length() - 1);
      }
    }
    return ' ';
  }

  /** Modules that are imported by a line of their own, without another name. */
  Set<String> imports() {
    Set<String> modules = new LinkedHashSet<>();
    Matcher matcher = IMPORT.matcher(text);
    while (matcher.find()) {
      if (matcher.group(3) == null) {
        modules.add(matcher.group(2));
      }
    }
    return modules;
  }

  /** Lines at the top that must stay there: docstring, comments, imports of the future. */
  List<String> lines() {
    return new ArrayList<>(text.lines().toList());
  }

  /** What stands between a bracket and the one that closes it. */
  static int closing(String text, int open) {
    int depth = 0;
    Matcher strings = STRINGS.matcher(text);
    int next = strings.find(open) ? strings.start() : text.length();
    for (int i = open; i < text.length(); i++) {
      if (i == next) {
        i = strings.end() - 1;
        next = strings.find() ? strings.start() : text.length();
        continue;
      }
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }
}
