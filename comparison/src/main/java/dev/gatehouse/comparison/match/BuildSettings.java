package dev.gatehouse.comparison.match;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template with what only the build knew put in: compilers, flags, folders, as meson and CMake
 * do. In code a value may only stand in a text of its own and not end it, so it can become no code;
 * what the code does with the text is for a person to see, so it is never called proved.
 */
final class BuildSettings {
  private static final int MOST_LINES = 20_000;
  private static final int MOST_IN_A_LINE = 3;
  private static final int LONGEST_LINE = 2_000;

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,60}";
  private static final Pattern HOLE = Pattern.compile("@" + NAME + "@");
  private static final Pattern QUOTED_HOLE =
      Pattern.compile("(?<=\")@" + NAME + "@(?=\")|(?<=')@" + NAME + "@(?=')");

  /** meson's and CMake's line for a macro of C. */
  private static final Pattern MACRO =
      Pattern.compile("\\s*#\\s*(?:mesondefine|cmakedefine(?:01)?)\\s+(" + NAME + ")(?:\\s.*)?");

  private static final Pattern MACRO_VALUE =
      Pattern.compile("(?:/\\* )?#\\s*(?:define|undef)\\s+(" + NAME + ")(?:\\s[^\\\\]*)?");

  private BuildSettings() {}

  /**
   * Whether the content is the template with settings put in.
   *
   * @param isCode whether something may run it
   */
  static boolean fillIn(byte[] template, byte[] content, boolean isCode) {
    List<String> before = Texts.lines(template);
    List<String> after = Texts.lines(content);
    if (before.isEmpty() || before.size() != after.size() || before.size() > MOST_LINES) {
      return false;
    }
    boolean any = false;
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        any = true;
        boolean macro = !isCode && isMacro(before.get(i), after.get(i));
        if (!macro && !isFilledIn(before.get(i), after.get(i), isCode)) {
          return false;
        }
      }
    }
    return any;
  }

  private static boolean isMacro(String template, String line) {
    Matcher macro = MACRO.matcher(template);
    Matcher value = MACRO_VALUE.matcher(line);
    return macro.matches() && value.matches() && macro.group(1).equals(value.group(1));
  }

  private static boolean isFilledIn(String template, String line, boolean isCode) {
    if (template.length() > LONGEST_LINE || line.length() > LONGEST_LINE) {
      return false;
    }
    List<String> between = new ArrayList<>();
    int end = 0;
    for (MatchResult hole : (isCode ? QUOTED_HOLE : HOLE).matcher(template).results().toList()) {
      between.add(Pattern.quote(template.substring(end, hole.start())));
      end = hole.end();
    }
    if (between.isEmpty() || between.size() > MOST_IN_A_LINE) {
      return false;
    }
    between.add(Pattern.quote(template.substring(end)));
    String value = isCode ? "[^\"'\\\\{}%]*" : ".*";
    return Pattern.matches(String.join(value, between), line);
  }
}
