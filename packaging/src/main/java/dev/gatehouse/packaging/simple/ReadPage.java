package dev.gatehouse.packaging.simple;

import java.util.List;

/**
 * A page that was read, and what of it was dropped.
 *
 * @param problems one line each, fit to be logged; at most 100, and after them the number of the
 *     others
 */
public record ReadPage(ProjectPage page, List<String> problems) {
  /** Takes a copy of the problems. */
  public ReadPage {
    problems = List.copyOf(problems);
  }
}
