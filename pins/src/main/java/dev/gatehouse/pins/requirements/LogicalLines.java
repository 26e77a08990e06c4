package dev.gatehouse.pins.requirements;

import dev.gatehouse.packaging.version.PythonSpace;
import dev.gatehouse.pins.requirements.LogicalLine.Piece;
import dev.gatehouse.pins.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a requirements file apart into the lines that pip sees. */
final class LogicalLines {
  /** A line with 2,000 hashes. */
  private static final int LONGEST = 256 << 10;

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]{1,200})\\}");

  private final SourceText source;
  private final Function<String, Optional<String>> environment;
  private final List<LogicalLine> lines = new ArrayList<>();
  private final StringBuilder joined = new StringBuilder();
  private List<Piece> pieces = new ArrayList<>();

  private LogicalLines(SourceText source, Function<String, Optional<String>> environment) {
    this.source = source;
    this.environment = environment;
  }

  static List<LogicalLine> of(SourceText source, Function<String, Optional<String>> environment) {
    LogicalLines lines = new LogicalLines(source, environment);
    lines.read();
    return lines.lines;
  }

  private void read() {
    String text = source.text();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineEnd(text.charAt(i))) {
        physical(start, text.substring(start, i));
        start = i + 1;
        if (text.charAt(i) == '\r' && start < text.length() && text.charAt(start) == '\n') {
          start++;
          i++;
        }
      }
    }
    physical(start, text.substring(start));
    finish();
  }

  /** Python's {@code splitlines} knows more ends of lines than editors do. */
  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  private void physical(int offset, String line) {
    boolean comment = isComment(line);
    boolean continued = line.endsWith("\\") && !comment;
    // A comment within a continuation ends it; the blank lets the comment be seen as one.
    if (comment) {
      joined.append(' ');
    }
    int skipped = continued ? leadingBackslashes(line) : 0;
    pieces.add(new Piece(joined.length(), offset + skipped));
    joined.append(line, skipped, continued ? endWithoutBackslashes(line, skipped) : line.length());
    if (joined.length() > LONGEST) {
      throw source.expected(
          pieces.getFirst().offset(),
          "expected a line of at most %d characters".formatted(LONGEST));
    }
    if (!continued) {
      finish();
    }
  }

  private static boolean isComment(String line) {
    int i = 0;
    while (i < line.length() && PythonSpace.isSpace(line.charAt(i))) {
      i++;
    }
    return i < line.length() && line.charAt(i) == '#';
  }

  private static int leadingBackslashes(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == '\\') {
      i++;
    }
    return i;
  }

  private static int endWithoutBackslashes(String line, int start) {
    int end = line.length();
    while (end > start && line.charAt(end - 1) == '\\') {
      end--;
    }
    return end;
  }

  private void finish() {
    String line = joined.toString();
    String bare = line.substring(0, commentStart(line));
    String written = PythonSpace.strip(bare);
    if (!written.isEmpty()) {
      lines.add(new LogicalLine(source, expand(written), written, pieces, bare.indexOf(written)));
    }
    joined.setLength(0);
    pieces = new ArrayList<>();
  }

  /** A comment begins with a # at the beginning or after white space. */
  private static int commentStart(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || PythonSpace.isSpace(line.charAt(i - 1))) {
        return i;
      }
    }
    return line.length();
  }

  private String expand(String line) {
    if (line.indexOf('$') < 0) {
      return line;
    }
    String expanded = VARIABLE.matcher(line).replaceAll(match -> value(match));
    if (expanded.length() > LONGEST) {
      throw source.expected(
          pieces.getFirst().offset(),
          "expected at most %d characters once variables are replaced".formatted(LONGEST));
    }
    return expanded;
  }

  /** One that is unset or empty stays as it is written, as with pip. */
  private String value(MatchResult match) {
    return Matcher.quoteReplacement(
        environment.apply(match.group(1)).filter(value -> !value.isEmpty()).orElse(match.group()));
  }
}
