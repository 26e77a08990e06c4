package dev.gatehouse.advisories;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The base score of a CVSS 3.0 or 3.1 vector (specification document, section 7.1; rounding as
 * appendix A of 3.1 has it). Version 4 needs a table of 270 rows and is left to what the database
 * says itself.
 */
final class Cvss3 {
  private static final int LONGEST = 300;

  private final Map<String, String> metrics;

  private Cvss3(Map<String, String> metrics) {
    this.metrics = metrics;
  }

  /** The score, from 0 to 10; empty where this is no complete vector of version 3. */
  static OptionalDouble score(String vector) {
    if (vector.length() > LONGEST
        || !(vector.startsWith("CVSS:3.0/") || vector.startsWith("CVSS:3.1/"))) {
      return OptionalDouble.empty();
    }
    Map<String, String> metrics = new HashMap<>();
    for (String metric : vector.substring("CVSS:3.x/".length()).split("/", -1)) {
      int colon = metric.indexOf(':');
      if (colon < 1
          || metrics.put(metric.substring(0, colon), metric.substring(colon + 1)) != null) {
        return OptionalDouble.empty();
      }
    }
    return new Cvss3(metrics).base();
  }

  private OptionalDouble base() {
    @Nullable Boolean changed =
        switch (value("S")) {
          case "C" -> Boolean.TRUE;
          case "U" -> Boolean.FALSE;
          default -> null;
        };
    if (changed == null) {
      return OptionalDouble.empty();
    }
    double exploitability = 8.22 * vector() * complexity() * privileges(changed) * interaction();
    double unaffected = (1 - effect("C")) * (1 - effect("I")) * (1 - effect("A"));
    double impact = impact(1 - unaffected, changed);
    if (Double.isNaN(exploitability) || Double.isNaN(impact)) {
      return OptionalDouble.empty();
    }
    if (impact <= 0) {
      return OptionalDouble.of(0);
    }
    double sum = changed ? 1.08 * (impact + exploitability) : impact + exploitability;
    return OptionalDouble.of(roundUp(Math.min(sum, 10)));
  }

  private static double impact(double subscore, boolean changed) {
    return changed
        ? 7.52 * (subscore - 0.029) - 3.25 * Math.pow(subscore - 0.02, 15)
        : 6.42 * subscore;
  }

  private double vector() {
    return switch (value("AV")) {
      case "N" -> 0.85;
      case "A" -> 0.62;
      case "L" -> 0.55;
      case "P" -> 0.2;
      default -> Double.NaN;
    };
  }

  private double complexity() {
    return switch (value("AC")) {
      case "L" -> 0.77;
      case "H" -> 0.44;
      default -> Double.NaN;
    };
  }

  private double privileges(boolean changed) {
    return switch (value("PR")) {
      case "N" -> 0.85;
      case "L" -> changed ? 0.68 : 0.62;
      case "H" -> changed ? 0.5 : 0.27;
      default -> Double.NaN;
    };
  }

  private double interaction() {
    return switch (value("UI")) {
      case "N" -> 0.85;
      case "R" -> 0.62;
      default -> Double.NaN;
    };
  }

  private double effect(String metric) {
    return switch (value(metric)) {
      case "H" -> 0.56;
      case "L" -> 0.22;
      case "N" -> 0;
      default -> Double.NaN;
    };
  }

  private String value(String metric) {
    return metrics.getOrDefault(metric, "");
  }

  /** To one decimal upwards, in whole numbers, so that binary fractions do not add a tenth. */
  private static double roundUp(double score) {
    long units = Math.round(score * 100_000);
    return units % 10_000 == 0 ? units / 100_000.0 : (units / 10_000 + 1) / 10.0;
  }
}
