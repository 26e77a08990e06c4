package dev.gatehouse.findings;

import java.util.Locale;

/** What a target is. */
public enum Kind {
  WHEEL,
  SDIST,
  ENVIRONMENT,
  IMAGE,
  DIRECTORY,
  REQUIREMENTS,
  COMPARISON,
  PROVENANCE,
  PUBLISHER;

  /** As it is written in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
