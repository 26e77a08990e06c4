package dev.gatehouse.comparison.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of a unified diff, the old ones beside the new ones. */
final class SideBySide {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,\\d{1,9})? \\+(\\d{1,9})(?:,\\d{1,9})? @@.*");

  /** One side of a row; the number counts from 1, 0 where it is not known. */
  record Cell(int number, String text) {}

  /**
   * @param before null where the line is new
   * @param after null where the line is gone
   * @param note what stands across both: where a hunk begins, what was left out
   */
  record Row(@Nullable Cell before, @Nullable Cell after, String note) {
    boolean isChange() {
      return note.isEmpty()
          && (before == null || after == null || !before.text().equals(after.text()));
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final List<Cell> gone = new ArrayList<>();
  private final List<Cell> added = new ArrayList<>();
  private int before;
  private int after;

  private SideBySide() {}

  /**
   * Reads a diff as comparisons give it: the header of two lines, hunks, and perhaps a line on what
   * was cut.
   */
  static List<Row> of(List<String> diff) {
    SideBySide sides = new SideBySide();
    boolean inHunk = false;
    for (int i = 0; i < diff.size(); i++) {
      String line = diff.get(i);
      Matcher hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        sides.flush();
        sides.before = Integer.parseInt(hunk.group(1));
        sides.after = Integer.parseInt(hunk.group(2));
        sides.rows.add(new Row(null, null, line));
        inHunk = true;
      } else if (!inHunk && (line.startsWith("--- ") || line.startsWith("+++ "))) {
        if (line.endsWith(")")) {
          sides.rows.add(new Row(null, null, line.substring(4)));
          inHunk = true;
        }
      } else {
        sides.add(line);
      }
    }
    sides.flush();
    return sides.rows;
  }

  private void add(String line) {
    if (line.startsWith("-")) {
      gone.add(new Cell(before, line.substring(1)));
      before += before > 0 ? 1 : 0;
    } else if (line.startsWith("+")) {
      added.add(new Cell(after, line.substring(1)));
      after += after > 0 ? 1 : 0;
    } else if (line.startsWith(" ")) {
      flush();
      String text = line.substring(1);
      rows.add(new Row(new Cell(before, text), new Cell(after, text), ""));
      before += before > 0 ? 1 : 0;
      after += after > 0 ? 1 : 0;
    } else {
      flush();
      rows.add(new Row(null, null, line));
    }
  }

  private void flush() {
    for (int i = 0; i < Math.max(gone.size(), added.size()); i++) {
      rows.add(
          new Row(
              i < gone.size() ? gone.get(i) : null, i < added.size() ? added.get(i) : null, ""));
    }
    gone.clear();
    added.clear();
  }
}
