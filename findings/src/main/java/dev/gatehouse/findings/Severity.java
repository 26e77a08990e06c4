package dev.gatehouse.findings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much a finding matters, worst first. */
public enum Severity {
  /** Nobody should install this: the default policy refuses it. */
  CRITICAL,
  /** The default policy holds it until a person has looked. */
  HIGH,
  /** Worth a person's look. */
  MEDIUM,
  /** Told; rarely of any consequence. */
  LOW,
  /** Told, so that a person can see it all. */
  INFO;

  /** As it is written in reports and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of this text; empty where there is none of that name. */
  public static Optional<Severity> find(String text) {
    return Stream.of(values()).filter(severity -> severity.text().equals(text)).findFirst();
  }

  /** Whether this is as bad as the other, or worse. */
  public boolean isAtLeast(Severity other) {
    return compareTo(other) <= 0;
  }
}
