package dev.gatehouse.gateway.budget;

import java.time.LocalDate;

/** What an account spent: today, this week, this month and ever. */
final class Spending {
  private LocalDate day = LocalDate.EPOCH;
  private long daily;
  private long weekly;
  private long monthly;
  private long ever;

  /** Goes on to a day; never back: a clock that is set back gives nobody a budget anew. */
  void goOnTo(LocalDate today) {
    if (!today.isAfter(day)) {
      return;
    }
    daily = 0;
    weekly = isSame(Period.WEEKLY, today) ? weekly : 0;
    monthly = isSame(Period.MONTHLY, today) ? monthly : 0;
    day = today;
  }

  private boolean isSame(Period period, LocalDate today) {
    return period.start(today).equals(period.start(day));
  }

  /** Adds what was spent on a day, which may lie back. */
  void add(LocalDate spentOn, long nanoUsd) {
    goOnTo(spentOn);
    ever = Math.addExact(ever, nanoUsd);
    daily = spentOn.equals(day) ? Math.addExact(daily, nanoUsd) : daily;
    weekly = isSame(Period.WEEKLY, spentOn) ? Math.addExact(weekly, nanoUsd) : weekly;
    monthly = isSame(Period.MONTHLY, spentOn) ? Math.addExact(monthly, nanoUsd) : monthly;
  }

  LocalDate day() {
    return day;
  }

  long in(Period period) {
    return switch (period) {
      case NONE -> ever;
      case DAILY -> daily;
      case WEEKLY -> weekly;
      case MONTHLY -> monthly;
    };
  }
}
