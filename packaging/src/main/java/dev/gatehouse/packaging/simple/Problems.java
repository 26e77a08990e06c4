package dev.gatehouse.packaging.simple;

import java.util.ArrayList;
import java.util.List;

/** What was dropped of a page, so bounded that a hostile page cannot fill memory or log with it. */
final class Problems {
  private static final int MOST = 100;

  private final List<String> first = new ArrayList<>();
  private int others;

  void add(String problem) {
    if (first.size() < MOST) {
      first.add(problem);
    } else {
      others++;
    }
  }

  List<String> list() {
    if (others == 0) {
      return List.copyOf(first);
    }
    List<String> all = new ArrayList<>(first);
    all.add("and %d more".formatted(others));
    return all;
  }
}
