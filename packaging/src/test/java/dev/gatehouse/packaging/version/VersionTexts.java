package dev.gatehouse.packaging.version;

import java.util.List;
import java.util.Random;

/**
 * Makes versions and specifier sets in usual, odd and impossible spellings, such that many of them
 * are close.
 */
final class VersionTexts {
  private static final List<String> NUMBERS =
      List.of("0", "0", "0", "1", "1", "2", "3", "10", "01", "007", "2024", "99999999999999999999");
  private static final List<String> SEPARATORS = List.of("", "", "", ".", "-", "_");
  private static final List<String> PRE =
      List.of(
          "a", "b", "rc", "c", "alpha", "beta", "pre", "preview", "A", "RC", "Alpha", "PREVIEW");
  private static final List<String> POST = List.of("post", "rev", "r", "POST", "Rev");
  private static final List<String> DEV = List.of("dev", "dev", "DEV");
  private static final List<String> LOCAL =
      List.of("a", "abc", "ABC", "1", "01", "10", "ubuntu", "2x", "x2", "0");
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<=", ">=", "<", ">", "~=", "===");
  private static final List<String> SPACES =
      List.of(" ", "\t", "\n", "\u00a0", "\u2003", "\u001f", "\u0085");
  private static final String ODD = " \n.-_+!*va1x=,;\u0000\u0661\u212a\u017f\u00e9";

  private final Random random;

  VersionTexts(long seed) {
    this.random = new Random(seed);
  }

  /** A version, in one of ten cases spoilt. */
  String version() {
    String text = plainVersion(true);
    if (chance(3)) {
      text = pick(SPACES) + text + pick(SPACES);
    }
    return chance(10) ? spoilt(text) : text;
  }

  /** A version near the other one, where that is one. */
  String near(String other) {
    int end = 0;
    while (end < other.length()
        && (Character.isDigit(other.charAt(end)) || ".!v".indexOf(other.charAt(end)) >= 0)) {
      end++;
    }
    String release = other.substring(0, end).replaceAll("\\.$", "");
    return switch (random.nextInt(5)) {
      case 0 -> release + suffix(true);
      case 1 -> release + ".0" + suffix(true);
      case 2 -> other + suffix(true);
      case 3 -> release + "." + pick(NUMBERS) + suffix(true);
      default -> other;
    };
  }

  /** Up to three clauses, sometimes spoilt. */
  String specifierSet() {
    StringBuilder text = new StringBuilder();
    int clauses = chance(4) ? 0 : 1 + random.nextInt(chance(60) ? 1 : 3);
    for (int i = 0; i < clauses; i++) {
      text.append(i > 0 ? "," : "")
          .append(chance(10) ? " " : "")
          .append(clause())
          .append(chance(5) ? "," : "");
    }
    return chance(6) ? spoilt(text.toString()) : text.toString();
  }

  /** A candidate for a specifier set, mostly near one of its versions. */
  String candidate(String specifierSet) {
    String[] clauses = specifierSet.split(",", -1);
    String bare =
        clauses[random.nextInt(clauses.length)].replaceAll("[=<>!~ ]", "").replace(".*", "");
    return bare.isEmpty() || chance(20) ? version() : near(bare);
  }

  /** One of the two, no or both: what is asked for pre-releases. */
  String prereleases() {
    return pick(List.of("none", "true", "false"));
  }

  private String clause() {
    String operator = pick(OPERATORS);
    String space = chance(10) ? pick(SPACES) : "";
    boolean equality = operator.equals("==") || operator.equals("!=");
    if (equality && chance(40)) {
      return operator + space + release() + ".*";
    }
    if (operator.equals("===") && chance(20)) {
      return operator
          + space
          + pick(List.of("", "foobar", "1.0-x", "1.0;x", "1.0)", "\u00c9t\u00e9"));
    }
    return operator + space + plainVersion(equality || operator.equals("===") || chance(3));
  }

  private String plainVersion(boolean local) {
    return (chance(5) ? pick(List.of("v", "V")) : "") + release() + suffix(local);
  }

  private String release() {
    StringBuilder text =
        new StringBuilder(chance(10) ? pick(List.of("0!", "1!", "01!", "2!")) : "");
    text.append(pick(NUMBERS));
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append('.').append(pick(NUMBERS));
    }
    return text.toString();
  }

  private String suffix(boolean local) {
    StringBuilder text = new StringBuilder();
    if (chance(30)) {
      text.append(part(PRE));
    }
    if (chance(25)) {
      text.append(chance(30) ? "-" + pick(NUMBERS) : part(POST));
    }
    if (chance(20)) {
      text.append(part(DEV));
    }
    if (local && chance(20)) {
      text.append('+').append(pick(LOCAL));
      for (int i = random.nextInt(3); i > 0; i--) {
        text.append(pick(List.of(".", "-", "_"))).append(pick(LOCAL));
      }
    }
    return text.toString();
  }

  private String part(List<String> words) {
    return pick(SEPARATORS) + pick(words) + pick(SEPARATORS) + (chance(80) ? pick(NUMBERS) : "");
  }

  private String spoilt(String text) {
    int at = random.nextInt(text.length() + 1);
    String odd = String.valueOf(ODD.charAt(random.nextInt(ODD.length())));
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + odd + text.substring(at);
      case 1 -> text.substring(0, at) + (at < text.length() ? text.substring(at + 1) : "");
      default -> text.substring(0, at) + odd + (at < text.length() ? text.substring(at + 1) : "");
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
