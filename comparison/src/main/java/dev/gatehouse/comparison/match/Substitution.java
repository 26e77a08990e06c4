package dev.gatehouse.comparison.match;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is made of another by putting version values in it. All else must be the same, line
 * by line. What may be replaced, and by what, is narrow: code is full of braces and numbers, and
 * who could put a short word in their place could name another host there.
 */
final class Substitution {
  private static final int MOST_LINES = 20_000;
  private static final int LONGEST_LINE = 2_000;

  /** Each may try every length, so more of them in a line would take for ever. */
  private static final int MOST_IN_A_LINE = 3;

  private static final String NUMBER = "[0-9]{1,6}(?:\\.[0-9]{1,6})+[A-Za-z0-9.+_-]{0,40}";

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "@[A-Za-z_][A-Za-z0-9_]{0,60}@"
              + "|\\$\\{?[A-Za-z_][A-Za-z0-9_.]{0,60}\\}?|\\{\\{ ?[\\w. ]{1,60} ?\\}\\}"
              + "|%\\([a-z_]{1,30}\\)s|\\{[a-z_]{1,30}\\}|\\bunknown\\b|"
              + NUMBER);

  private static final Pattern STATED = Pattern.compile("\\bunknown\\b|" + NUMBER);

  private Substitution() {}

  /** Whether the content is the template with nothing but what builds put into one. */
  static boolean fillsIn(byte[] template, byte[] content, VersionValues values) {
    return proves(
        template,
        content,
        (before, after) -> proves(before, after, PLACEHOLDER, values::isFilledIn));
  }

  /** Whether the content is the original with the artifact's version where that states another. */
  static boolean updatesVersion(byte[] original, byte[] content, VersionValues values) {
    return proves(
        original,
        content,
        (before, after) ->
            before.toLowerCase(Locale.ROOT).contains("version")
                && proves(before, after, STATED, values::isVersion));
  }

  private static boolean proves(byte[] template, byte[] content, BiPredicate<String, String> line) {
    List<String> before = Texts.lines(template);
    List<String> after = Texts.lines(content);
    if (before.isEmpty() || before.size() != after.size() || before.size() > MOST_LINES) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i)) && !line.test(before.get(i), after.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean proves(
      String template, String line, Pattern placeholders, Predicate<String> value) {
    if (template.length() > LONGEST_LINE || line.length() > LONGEST_LINE) {
      return false;
    }
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    int count = 0;
    for (MatchResult placeholder : placeholders.matcher(template).results().toList()) {
      pattern.append(Pattern.quote(template.substring(end, placeholder.start())));
      pattern.append("([^\"'()\\s]{0,80})");
      end = placeholder.end();
      count++;
    }
    if (count == 0 || count > MOST_IN_A_LINE) {
      return false;
    }
    Matcher matcher =
        Pattern.compile(pattern.append(Pattern.quote(template.substring(end))).toString())
            .matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (!value.test(matcher.group(group))) {
        return false;
      }
    }
    return true;
  }
}
