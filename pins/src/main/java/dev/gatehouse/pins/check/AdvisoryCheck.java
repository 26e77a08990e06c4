package dev.gatehouse.pins.check;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.PinFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a pinned version is publicly known to be bad: a locked bad version is still bad. */
public final class AdvisoryCheck {
  private AdvisoryCheck() {}

  /**
   * Checks a file.
   *
   * @param least vulnerabilities below it are not told; malware always is
   */
  public static void of(PinFile file, KnownBad known, Severity least, CheckResult result) {
    for (ExactPin pin : file.exact()) {
      Optional<BadVersion> malware = known.malware(pin.project(), pin.version());
      if (malware.isPresent()) {
        result.add(
            PinRules.KNOWN_MALWARE,
            pin.location(),
            "%s %s is known malware: %s"
                .formatted(pin.project(), pin.version(), told(malware.get())),
            pin.project() + "==" + pin.version());
      } else {
        known.vulnerabilities(pin.project(), pin.version()).stream()
            .filter(advisory -> severity(advisory.severity()).isAtLeast(least))
            .forEach(advisory -> vulnerable(pin, advisory, result));
      }
    }
  }

  private static void vulnerable(ExactPin pin, Advisory advisory, CheckResult result) {
    String fixed =
        advisory
            .fixedIn(pin.project(), pin.version())
            .map(version -> " (fixed in " + version + ")")
            .orElse("");
    Severity severity = severity(advisory.severity());
    result.add(
        PinRules.KNOWN_VULNERABLE,
        // Nobody made it to do harm; that is what critical is kept for.
        severity == Severity.CRITICAL ? Severity.HIGH : severity,
        pin.location(),
        "%s %s has a known vulnerability, %s%s: %s"
            .formatted(pin.project(), pin.version(), advisory.id(), fixed, advisory.summary()),
        pin.project() + "==" + pin.version());
  }

  /** One that nobody rated may be of any: it is taken for high. */
  private static Severity severity(@Nullable AdvisorySeverity severity) {
    return switch (severity) {
      case null -> Severity.HIGH;
      case CRITICAL -> Severity.CRITICAL;
      case HIGH -> Severity.HIGH;
      case MEDIUM -> Severity.MEDIUM;
      case LOW -> Severity.LOW;
    };
  }

  /** The advisory with its other names and what it says. */
  static String told(BadVersion bad) {
    String aliases = bad.aliases().isEmpty() ? "" : " (" + String.join(", ", bad.aliases()) + ")";
    return bad.id() + aliases + (bad.summary().isEmpty() ? "" : ", " + bad.summary());
  }
}
