package dev.gatehouse.cli.client;

import java.util.List;

/** Rows of words, in columns. */
public final class TextTable {
  private TextTable() {}

  /**
   * The rows as lines.
   *
   * @param rows at least one, all of the same number of words
   */
  public static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] + 2 - row.get(i).length());
              }
              return line.toString().stripTrailing();
            })
        .toList();
  }
}
