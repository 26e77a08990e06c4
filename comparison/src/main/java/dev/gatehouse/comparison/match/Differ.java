package dev.gatehouse.comparison.match;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What changed between two texts, for a person to read. */
final class Differ {
  /** The algorithm needs as much as the product of both in the worst case. */
  private static final int MOST_LINES = 5_000;

  private static final int MOST_SHOWN = 400;
  private static final int LONGEST_SHOWN = 500;
  private static final int CONTEXT = 3;

  private Differ() {}

  /** Unified; of what is no text nothing, of what is very long the lines that are new alone. */
  static List<String> diff(String oldPath, byte[] before, String newPath, byte[] after) {
    if (!Texts.isText(before) || !Texts.isText(after)) {
      return List.of("Binary files " + oldPath + " and " + newPath + " differ");
    }
    List<String> old = Texts.lines(before);
    List<String> current = Texts.lines(after);
    return shown(
        old.size() > MOST_LINES || current.size() > MOST_LINES
            ? added(old, current, newPath)
            : UnifiedDiffUtils.generateUnifiedDiff(
                oldPath, newPath, old, DiffUtils.diff(old, current), CONTEXT));
  }

  private static List<String> added(List<String> before, List<String> after, String path) {
    Set<String> known = new HashSet<>(before);
    List<String> added = new ArrayList<>();
    added.add("+++ " + path + " (lines that the source does not have)");
    after.stream().filter(line -> !known.contains(line)).forEach(line -> added.add("+" + line));
    return added;
  }

  private static List<String> shown(List<String> lines) {
    List<String> shown = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(lines.size(), MOST_SHOWN))) {
      shown.add(line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line);
    }
    if (lines.size() > MOST_SHOWN) {
      shown.add("… and %d lines more".formatted(lines.size() - MOST_SHOWN));
    }
    return shown;
  }
}
