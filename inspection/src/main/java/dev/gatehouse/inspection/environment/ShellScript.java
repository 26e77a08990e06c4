package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines of a script or profile file of any shell (POSIX, csh, fish, PowerShell, batch, nu),
 * read loosely: what sets one of some variables, and what fetches or runs something.
 */
final class ShellScript {
  private static final int MOST_LINES = 200_000;
  private static final int MOST_MENTIONS = 2_000;

  /** How much of a line is looked at before a name, and after it. */
  private static final int BEFORE = 200;

  private static final int AFTER = 2_000;

  private final List<Line> lines;
  private boolean cut;

  /**
   * A line that is no comment.
   *
   * @param number from 1
   */
  record Line(int number, String text) {}

  /**
   * A variable that a line sets.
   *
   * @param value as it is written, without quotes around it
   */
  record Setting(Line line, String name, String value) {}

  private ShellScript(List<Line> lines, boolean cut) {
    this.lines = lines;
    this.cut = cut;
  }

  static ShellScript parse(byte[] content) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    int count = 0;
    for (String line : text(content).split("\\R", -1)) {
      number++;
      String bare = line.strip();
      boolean comment =
          bare.startsWith("#")
              || bare.startsWith("::")
              || bare.toLowerCase(Locale.ROOT).startsWith("rem ");
      if (!bare.isEmpty() && !comment && count++ < MOST_LINES) {
        lines.add(new Line(number, bare));
      }
    }
    return new ShellScript(lines, count > MOST_LINES);
  }

  /** PowerShell writes its files in UTF-16 where it is told nothing else. */
  private static String text(byte[] content) {
    if (content.length > 1 && content[0] == (byte) 0xff && content[1] == (byte) 0xfe) {
      return new String(content, UTF_16);
    }
    return new String(content, UTF_8);
  }

  List<Line> lines() {
    return lines;
  }

  /** Where one of the variables is set to something. */
  List<Setting> settings(List<String> names) {
    List<Setting> settings = new ArrayList<>();
    int mentions = 0;
    for (Line line : lines) {
      String upper = line.text().toUpperCase(Locale.ROOT);
      for (String name : names) {
        int at = upper.indexOf(name);
        while (at >= 0 && mentions < MOST_MENTIONS) {
          mentions++;
          value(line.text(), at, at + name.length())
              .ifPresent(value -> settings.add(new Setting(line, name, value)));
          at = upper.indexOf(name, at + name.length());
        }
      }
    }
    cut |= mentions >= MOST_MENTIONS;
    return settings;
  }

  /** Whether there was more of something than any file that people write has. */
  boolean isCut() {
    return cut;
  }

  /** What the name between these places is set to; empty where it is only read or taken away. */
  private static Optional<String> value(String line, int start, int end) {
    boolean whole =
        (start == 0 || !isWord(line.charAt(start - 1)))
            && (end == line.length() || !isWord(line.charAt(end)));
    if (!whole) {
      return Optional.empty();
    }
    String before = line.substring(Math.max(0, start - BEFORE), start).toLowerCase(Locale.ROOT);
    String after = line.substring(end, Math.min(line.length(), end + AFTER)).stripLeading();
    // set "NAME=value" of batch, and "NAME" with a value after it in nu and plists.
    after = after.startsWith("\"") || after.startsWith("'") ? after.substring(1).strip() : after;
    if (after.startsWith("=") && !after.startsWith("==")) {
      return value(after.substring(1));
    }
    if (after.startsWith(":") && !before.endsWith("env:") && !before.contains("{")) {
      return value(after.substring(1));
    }
    String words = String.join(" ", before.replaceAll("[-\"']", " ").strip().split(" ++", -1));
    boolean command =
        words.endsWith("setenv")
            || words.endsWith("setx")
            || words.endsWith("set gx")
            || words.endsWith("set ux")
            || words.endsWith("set x")
            || words.endsWith("set xg")
            || words.endsWith("set universal export")
            || words.endsWith("set global export")
            || words.endsWith("set export");
    if (command) {
      return value(after);
    }
    // PAM: NAME DEFAULT=value; .NET: SetEnvironmentVariable("NAME", "value")
    if (after.toUpperCase(Locale.ROOT).startsWith("DEFAULT=")) {
      return value(after.substring("DEFAULT=".length()));
    }
    if (words.endsWith("setenvironmentvariable(") && after.startsWith(",")) {
      return value(after.substring(1));
    }
    return Optional.empty();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static Optional<String> value(String written) {
    String value = written.strip();
    int end = value.length();
    if (!value.isEmpty() && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
      int quote = value.indexOf(value.charAt(0), 1);
      end = quote < 0 ? end : quote;
      value = value.substring(1, end);
    } else {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == ';' || c == '&' || c == '"' || c == ')' || Character.isWhitespace(c)) {
          value = value.substring(0, i);
          break;
        }
      }
    }
    // Activation scripts put back what they took away.
    return value.isBlank() || value.contains("_OLD_VIRTUAL_")
        ? Optional.empty()
        : Optional.of(value);
  }

  /** The lines that fetch something, decode something or run code that is not their own. */
  List<Line> deeds() {
    return lines.stream().filter(line -> isDeed(line.text())).toList();
  }

  private static boolean isDeed(String text) {
    String line = " " + text.toLowerCase(Locale.ROOT) + " ";
    for (String word : FETCHING) {
      if (hasCommand(line, word)) {
        return true;
      }
    }
    for (String part : PARTS) {
      if (line.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static final List<String> FETCHING =
      List.of(
          "curl",
          "wget",
          "nc",
          "ncat",
          "netcat",
          "socat",
          "iwr",
          "invoke-webrequest",
          "invoke-restmethod",
          "irm",
          "iex",
          "invoke-expression",
          "start-bitstransfer",
          "certutil",
          "bitsadmin",
          "nohup",
          "setsid",
          "start-process",
          "base64",
          "openssl",
          "crontab",
          "launchctl",
          "systemctl",
          "schtasks",
          "scp",
          "sftp",
          "osascript",
          "mshta",
          "rundll32");

  private static final List<String> PARTS =
      List.of(
          "python -c",
          "python3 -c",
          "python.exe -c",
          "bash -c",
          "sh -c ",
          "node -e",
          "perl -e",
          "ruby -e",
          "| sh ",
          "|sh ",
          "| bash ",
          "|bash ",
          "| python",
          "|python",
          "/dev/tcp/",
          "downloadstring",
          "downloadfile",
          "frombase64string",
          "net.webclient",
          "-encodedcommand",
          "b64decode",
          "urllib",
          "requests.get",
          "subprocess",
          "os.system");

  /** Whether the word stands where a command does: not as part of another, nor as an option. */
  private static boolean hasCommand(String line, String word) {
    for (int at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
      char before = line.charAt(at - 1);
      char after = line.charAt(at + word.length());
      boolean begins = Character.isWhitespace(before) || "/\\`(;&|'\"$".indexOf(before) >= 0;
      boolean ends = Character.isWhitespace(after) || ".'\"`".indexOf(after) >= 0;
      if (begins && ends && before != '$') {
        return true;
      }
    }
    return false;
  }
}
