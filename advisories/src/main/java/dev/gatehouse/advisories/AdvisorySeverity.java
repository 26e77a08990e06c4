package dev.gatehouse.advisories;

import java.util.Locale;
import java.util.Optional;

/** How bad a vulnerability is, worst first: the qualitative scale of CVSS 3.1, section 5. */
public enum AdvisorySeverity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW;

  /** The word that databases write, in either case; GitHub's for {@code medium} is moderate. */
  static Optional<AdvisorySeverity> find(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "critical" -> Optional.of(CRITICAL);
      case "high" -> Optional.of(HIGH);
      case "medium", "moderate" -> Optional.of(MEDIUM);
      case "low" -> Optional.of(LOW);
      default -> Optional.empty();
    };
  }

  /** Of a CVSS score; 0 is none at all. */
  static Optional<AdvisorySeverity> of(double score) {
    if (score >= 9) {
      return Optional.of(CRITICAL);
    }
    if (score >= 7) {
      return Optional.of(HIGH);
    }
    if (score >= 4) {
      return Optional.of(MEDIUM);
    }
    return score > 0 ? Optional.of(LOW) : Optional.empty();
  }
}
