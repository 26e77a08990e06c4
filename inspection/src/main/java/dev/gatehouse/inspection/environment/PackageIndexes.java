package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges settings that change where pip and uv take packages from: another index is a company's
 * mirror or an attacker's; a second one beside the first lets whoever owns a name there win
 * (dependency confusion); over http anybody on the way may answer.
 */
final class PackageIndexes {
  private static final List<String> PUBLIC =
      List.of("https://pypi.org/simple", "https://pypi.python.org/simple");

  private PackageIndexes() {}

  /**
   * Judges one setting.
   *
   * @param name a variable's or an option's: {@code PIP_EXTRA_INDEX_URL}, {@code extra-index-url}
   */
  static Finding judge(String path, int line, String name, String value, String text) {
    String option = name.toLowerCase(Locale.ROOT).replace('_', '-');
    String lower = value.toLowerCase(Locale.ROOT);
    boolean plain = lower.contains("http://") && !isLoopback(lower);
    if (option.contains("trusted-host") || option.contains("insecure-host")) {
      return finding(path, line, "Turns the check of certificates off for a host", text)
          .as(Severity.MEDIUM, false);
    }
    if (plain) {
      return finding(
              path,
              line,
              "Takes packages from an address without encryption: anybody on the way may answer",
              text)
          .as(Severity.MEDIUM, false);
    }
    if (option.contains("extra-index")) {
      return finding(
              path,
              line,
              "Takes packages from a second index: whichever has the higher version wins, whoever published it",
              text)
          .as(Severity.MEDIUM, false);
    }
    if (OpenPlaces.isOpenToAll(value)) {
      return finding(path, line, "Takes packages from a place that anybody may write to", text)
          .as(Severity.HIGH, false);
    }
    return finding(path, line, "Changes where packages come from", text);
  }

  private static boolean isLoopback(String lower) {
    return lower.contains("http://localhost")
        || lower.contains("http://127.")
        || lower.contains("http://[::1]");
  }

  /** The address may bear a password: what stands before its {@code @} is left out. */
  private static Finding finding(String path, int line, String message, String text) {
    return EnvironmentRules.PIP_CONFIG.at(path, line, message, withoutSecret(text));
  }

  static String withoutSecret(String text) {
    StringBuilder shown = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      int end = at + 3;
      int sign = -1;
      while (end < text.length() && "/ \t\"'".indexOf(text.charAt(end)) < 0) {
        sign = text.charAt(end) == '@' ? end : sign;
        end++;
      }
      if (sign >= 0) {
        shown.append(text, from, at + 3).append("…");
        from = sign;
      }
    }
    return shown.append(text.substring(from)).toString();
  }

  private static final List<String> OPTIONS =
      List.of(
          "index-url",
          "extra-index-url",
          "find-links",
          "trusted-host",
          "allow-insecure-host",
          "default-index",
          "index",
          "url");

  /** The findings on a {@code pip.conf}, {@code uv.toml} or the like. */
  static List<Finding> configuration(String path, byte[] content) {
    List<Finding> findings = new ArrayList<>();
    String last = "";
    for (ShellScript.Line line : ShellScript.parse(content).lines()) {
      String text = line.text();
      int equals = text.indexOf('=');
      String key =
          equals < 0
              ? ""
              : text.substring(0, equals).strip().toLowerCase(Locale.ROOT).replace('_', '-');
      boolean more = equals < 0 && !text.startsWith("[") && !text.startsWith(";");
      if (!key.isEmpty() && !key.contains("://")) {
        last = OPTIONS.contains(key) ? key : "";
      } else if (!more && !key.contains("://")) {
        last = "";
      }
      String value =
          key.isEmpty() || key.contains("://") ? text : text.substring(equals + 1).strip();
      String bare = value.replace("\"", "").replace("'", "").replace("[", "").strip();
      if (!last.isEmpty() && !bare.isEmpty() && !bare.equals("]") && !isPublic(bare)) {
        findings.add(judge(path, line.number(), last, bare, text));
      }
    }
    return findings;
  }

  private static boolean isPublic(String value) {
    String address = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    return PUBLIC.contains(address);
  }
}
