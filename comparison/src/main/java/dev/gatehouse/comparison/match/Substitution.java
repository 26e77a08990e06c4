package dev.gatehouse.comparison.match;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is made of another by putting version values where that one has a placeholder or
 * states another version. All else must be the same, line by line.
 */
final class Substitution {
  private static final int MOST_LINES = 20_000;
  private static final int LONGEST_LINE = 2_000;

  /** Each may try every length, so more of them in a line would take for ever. */
  private static final int MOST_IN_A_LINE = 3;

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "@[A-Za-z_][A-Za-z0-9_]{0,60}@"
              + "|\\$\\{?[A-Za-z_][A-Za-z0-9_.]{0,60}\\}?|\\{\\{ ?[\\w. ]{1,60} ?\\}\\}"
              + "|%\\([a-z_]{1,30}\\)s|\\{[a-z_]{1,30}\\}"
              + "|[0-9]{1,6}(?:\\.[0-9]{1,6})+[A-Za-z0-9.+_-]{0,40}|\\bunknown\\b");

  private Substitution() {}

  /** Whether the content is the template with nothing but version values put in. */
  static boolean proves(byte[] template, byte[] content, VersionValues values) {
    List<String> before = Texts.lines(template);
    List<String> after = Texts.lines(content);
    if (before.isEmpty() || before.size() != after.size() || before.size() > MOST_LINES) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i)) && !proves(before.get(i), after.get(i), values)) {
        return false;
      }
    }
    return true;
  }

  private static boolean proves(String template, String line, VersionValues values) {
    if (template.length() > LONGEST_LINE || line.length() > LONGEST_LINE) {
      return false;
    }
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    int count = 0;
    for (MatchResult placeholder : PLACEHOLDER.matcher(template).results().toList()) {
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
      if (!values.isValue(matcher.group(group))) {
        return false;
      }
    }
    return true;
  }
}
