package dev.gatehouse.findings;

import java.util.Locale;

/** How a target fared. */
public enum Status {
  /** All of it was read, and nothing above {@code info} was found. */
  CLEAN,
  /** All of it was read. */
  FINDINGS,
  /** Some of it was not read; what was found until then is there. */
  INCOMPLETE;

  /** As it is written in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
