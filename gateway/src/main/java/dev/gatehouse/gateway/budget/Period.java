package dev.gatehouse.gateway.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How often a budget begins anew; always at midnight, UTC. */
public enum Period {
  /** Never: it is spent once. */
  NONE,
  DAILY,
  /** On Mondays (ISO 8601). */
  WEEKLY,
  /** On the first. */
  MONTHLY;

  /** The word of the commands and the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The period of this word. */
  public static Optional<Period> find(String text) {
    return Arrays.stream(values()).filter(period -> period.text().equals(text)).findFirst();
  }

  /** The first day of the period in which a day lies. */
  LocalDate start(LocalDate day) {
    return switch (this) {
      case NONE -> LocalDate.EPOCH;
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
    };
  }

  /** When the period in which a day lies is over; empty: never. */
  Optional<Instant> end(LocalDate day) {
    Optional<LocalDate> next =
        switch (this) {
          case NONE -> Optional.empty();
          case DAILY -> Optional.of(day.plusDays(1));
          case WEEKLY -> Optional.of(start(day).plusWeeks(1));
          case MONTHLY -> Optional.of(start(day).plusMonths(1));
        };
    return next.map(first -> first.atStartOfDay().toInstant(ZoneOffset.UTC));
  }
}
