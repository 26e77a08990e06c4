package dev.gatehouse.gateway.usage;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * Which usage is asked for.
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
  }
}
