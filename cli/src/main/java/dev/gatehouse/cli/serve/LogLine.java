package dev.gatehouse.cli.serve;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log record in one line: time (ISO 8601, UTC), level, message. Whatever a stranger got into a
 * message stays in its line: what cannot be seen is escaped.
 */
final class LogLine extends Formatter {
  private static final int LONGEST = 16_000;

  @Override
  public String format(LogRecord entry) {
    Instant time = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
    String line = time + " " + level(entry) + " " + formatMessage(entry) + trace(entry.getThrown());
    return escaped(line) + System.lineSeparator();
  }

  private static String level(LogRecord entry) {
    return switch (entry.getLevel().getName()) {
      case "SEVERE" -> "ERROR";
      case "WARNING" -> "WARN";
      case "INFO" -> "INFO";
      default -> "DEBUG";
    };
  }

  private static String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().lines().map(String::strip).collect(Collectors.joining(" | ", " | ", ""));
  }

  private static String escaped(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(point -> append(line, point));
    return line.toString();
  }

  /** Formatting characters too: a right-to-left override turns a line round (CVE-2021-42574). */
  private static void append(StringBuilder line, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          line.append("\\u{").append(Integer.toHexString(point)).append('}');
      default -> line.appendCodePoint(point);
    }
  }
}
