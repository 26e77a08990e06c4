package dev.gatehouse.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The same thing measured several times.
 *
 * @param values in the order in which they were measured
 */
record Figures(List<Double> values) {
  Figures {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** The middle one; of an even number, the mean of both in the middle. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Each figure as a multiple of the one that was measured beside it. */
  Figures over(Figures other) {
    return new Figures(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / other.values.get(i))
            .toList());
  }

  /** Median, least and most in that format, with the unit behind them. */
  String text(String format, String unit) {
    String each = format + " (" + format + "–" + format + ")";
    return String.format(Locale.ROOT, each, median(), least(), most())
        + (unit.isEmpty() ? "" : " " + unit);
  }
}
