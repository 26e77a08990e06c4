package dev.gatehouse.samples.mutation;

import java.util.List;
import java.util.Map;

/**
 * A package that was rewritten.
 *
 * @param transformations the names of what was applied, in that order
 * @param files by their paths in the wheel
 */
public record Mutant(List<String> transformations, Map<String, byte[]> files) {
  /** Takes a copy of the names. */
  public Mutant {
    transformations = List.copyOf(transformations);
  }
}
