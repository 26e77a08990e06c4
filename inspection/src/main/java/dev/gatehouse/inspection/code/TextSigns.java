package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.python.SourceText;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the text of a source, whatever it does. */
final class TextSigns {
  /** Wider than any screen. */
  private static final int OFF_SCREEN = 120;

  private TextSigns() {}

  static List<Finding> of(String path, SourceText source) {
    List<Finding> findings = new ArrayList<>();
    if (source.isDisguise()) {
      findings.add(
          CodeRules.HIDDEN_TEXT
              .at(
                  path,
                  1,
                  "Is declared to be in an encoding that turns other text into code",
                  source.encoding())
              .as(Severity.HIGH, false));
    }
    String text = source.text();
    int bidirectional = firstBidirectional(text);
    if (bidirectional >= 0) {
      findings.add(
          CodeRules.HIDDEN_TEXT.at(
              path,
              lineOf(text, bidirectional),
              "Turns the direction of text in the middle of code, so that it reads otherwise than"
                  + " it runs (CVE-2021-42574)",
              line(text, bidirectional)));
    }
    int offScreen = firstOffScreen(text);
    if (offScreen >= 0) {
      findings.add(
          CodeRules.OFFSCREEN.at(
              path,
              lineOf(text, offScreen),
              "Code stands behind more than %d blanks, where no editor shows it"
                  .formatted(OFF_SCREEN),
              text.substring(offScreen, Math.min(text.length(), offScreen + 200)).strip()));
    }
    return findings;
  }

  private static int firstBidirectional(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069')) {
        return i;
      }
    }
    return -1;
  }

  /** Where code goes on behind a semicolon and more blanks than a screen is wide. */
  private static int firstOffScreen(String text) {
    int blanks = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t') {
        blanks += c == '\t' ? 8 : 1;
      } else {
        boolean code = c != '\n' && c != '\r' && c != '#' && c != '\\';
        if (code && blanks > OFF_SCREEN && isBehindStatement(text, i, c)) {
          return i;
        }
        blanks = 0;
      }
    }
    return -1;
  }

  /** Whether the blanks stand between two statements; tables in strings have wide gaps, too. */
  private static boolean isBehindStatement(String text, int at, char c) {
    int before = at - 1;
    while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    return c == ';' || (before >= 0 && (text.charAt(before) == ';' || text.charAt(before) == ':'));
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static String line(String text, int at) {
    int from = text.lastIndexOf('\n', at) + 1;
    int to = text.indexOf('\n', at);
    return text.substring(from, to < 0 ? text.length() : to).strip();
  }
}
