package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as people write them: {@code 7d}, {@code 12h}, {@code 30m}, {@code 45s}. */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([dhms])");

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none; the message is a clause
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number with d, h, m or s, such as \"7d\", not " + quoted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** Of a time between two things. */
  static Duration parsePositive(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be more than nothing, not " + quoted(text));
    }
    return duration;
  }
}
