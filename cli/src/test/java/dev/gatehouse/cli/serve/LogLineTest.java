package dev.gatehouse.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void writesTimeLevelAndMessage() {
    assertThat(line(Level.WARNING, "took {0}", 3))
        .isEqualTo("2026-11-23T12:00:00.001Z WARN took 3");
  }

  @Test
  void keepsWhatAStrangerWroteInItsLine() {
    assertThat(line(Level.INFO, "asked for a\r\n2026-11-23T12:00:00Z INFO b\u001b[31m\u202e\u2028"))
        .isEqualTo(
            "2026-11-23T12:00:00.001Z INFO asked for a\\u{d}\\u{a}2026-11-23T12:00:00Z INFO b\\u{1b}[31m\\u{202e}\\u{2028}");
  }

  @Test
  void writesATraceIntoTheSameLine() {
    LogRecord entry = entry(Level.SEVERE, "broken");
    entry.setThrown(new IllegalStateException("a\nb"));

    assertThat(new LogLine().format(entry).strip())
        .startsWith(
            "2026-11-23T12:00:00.001Z ERROR broken | java.lang.IllegalStateException: a | b | at dev.gatehouse.")
        .doesNotContain("\n");
  }

  private static String line(Level level, String message, Object... parameters) {
    LogRecord entry = entry(level, message);
    entry.setParameters(parameters);
    return new LogLine().format(entry).strip();
  }

  private static LogRecord entry(Level level, String message) {
    LogRecord entry = new LogRecord(level, message);
    entry.setInstant(Instant.parse("2026-11-23T12:00:00.001999Z"));
    return entry;
  }
}
