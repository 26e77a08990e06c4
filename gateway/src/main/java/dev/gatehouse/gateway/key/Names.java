package dev.gatehouse.gateway.key;

import java.util.regex.Pattern;

/** What keys, users, teams and tokens may be called. */
public final class Names {
  /** The rule, for people. */
  public static final String RULE =
      "a name has 1 to 100 letters, digits, dots, dashes, underscores or at signs";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

  private Names() {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static void check(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(RULE);
    }
  }
}
