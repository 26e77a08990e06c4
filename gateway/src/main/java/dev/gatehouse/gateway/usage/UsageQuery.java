package dev.gatehouse.gateway.usage;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which usage is asked for. It is about end users, about tags or about neither: their sums are kept
 * apart, see {@link #labels}.
 *
 * @param from the first day, UTC
 * @param to the last day
 * @param only values that a dimension must have: a UUID's text, a name
 * @param by what rows are told apart by
 */
public record UsageQuery(
    LocalDate from, LocalDate to, Map<Dimension, String> only, Set<Dimension> by) {
  /** More rows than these are cut off. */
  public static final int MOST_ROWS = 100_000;

  public UsageQuery {
    only = Map.copyOf(only);
    by = Set.copyOf(by);
    if (labels(only, by).count() > 1) {
      throw new IllegalArgumentException("usage is by end user or by tag, not by both");
    }
  }

  /** The client's words that a query would be about; it may be about one. */
  public static Stream<Dimension> labels(Map<Dimension, String> only, Set<Dimension> by) {
    return Stream.concat(only.keySet().stream(), by.stream()).filter(Dimension::isLabel).distinct();
  }

  Optional<Dimension> label() {
    return labels(only, by).findFirst();
  }
}
