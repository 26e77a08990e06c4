package dev.gatehouse.packaging.record;

import dev.gatehouse.packaging.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a RECORD: CSV in UTF-8 of Python's default dialect ({@code ,} between cells, {@code "}
 * round those that hold one, doubled inside), one row a file (PEP 376, "RECORD").
 */
public final class RecordReader {
  /** The largest wheel of our corpus lists 16,235 files in 2 MB. */
  public static final int LONGEST_BYTES = 64 * 1024 * 1024;

  private static final int MOST_ROWS = 400_000;
  private static final int LONGEST_CELL = 8_192;

  private final String text;
  private final List<RecordRow> rows = new ArrayList<>();
  private final List<String> cells = new ArrayList<>(3);
  private int at;
  private int line = 1;

  private RecordReader(String text) {
    this.text = text;
  }

  /**
   * Reads all rows, in their order; empty lines are passed over.
   *
   * @throws MalformedException when it is too long, when a quoted cell does not end, or when a row
   *     has other than one to three cells
   */
  public static List<RecordRow> parse(byte[] utf8) {
    if (utf8.length > LONGEST_BYTES) {
      throw new MalformedException(
          "a RECORD has at most %d bytes, not %d".formatted(LONGEST_BYTES, utf8.length));
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    return new RecordReader(text.startsWith("\uFEFF") ? text.substring(1) : text).read();
  }

  private List<RecordRow> read() {
    while (at < text.length()) {
      int start = line;
      cells.clear();
      readRow();
      boolean empty = cells.size() == 1 && cells.getFirst().isEmpty();
      if (!empty) {
        rows.add(row(start));
      }
      if (rows.size() > MOST_ROWS) {
        throw new MalformedException("a RECORD has at most %d rows".formatted(MOST_ROWS));
      }
    }
    return List.copyOf(rows);
  }

  private RecordRow row(int start) {
    if (cells.size() > 3 || cells.getFirst().isEmpty()) {
      throw new MalformedException(
          "a row of a RECORD is path,hash,size, unlike line %d".formatted(start));
    }
    return new RecordRow(start, cells.getFirst(), cell(1), cell(2));
  }

  private String cell(int index) {
    return index < cells.size() ? cells.get(index) : "";
  }

  private void readRow() {
    do {
      if (cells.size() > 3) {
        throw new MalformedException("line %d of a RECORD has too many cells".formatted(line));
      }
      cells.add(at < text.length() && text.charAt(at) == '"' ? quotedCell() : bareCell());
    } while (passComma());
    passLineEnd();
  }

  private String bareCell() {
    int start = at;
    while (at < text.length() && !isEndOfBareCell(text.charAt(at))) {
      at++;
    }
    return bounded(text.substring(start, at));
  }

  private static boolean isEndOfBareCell(char c) {
    return c == ',' || c == '\n' || c == '\r';
  }

  private String quotedCell() {
    StringBuilder cell = new StringBuilder();
    int start = line;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (at >= text.length() || text.charAt(at) != '"') {
          // What follows the closing quote belongs to the cell, as in Python's csv.
          return bounded(cell.append(bareCell()).toString());
        }
        at++;
      } else if (c == '\n') {
        line++;
      }
      cell.append(c);
    }
    throw new MalformedException("a quoted cell of line %d does not end".formatted(start));
  }

  private String bounded(String cell) {
    if (cell.length() > LONGEST_CELL) {
      throw new MalformedException(
          "a cell of a RECORD has at most %d characters, unlike line %d"
              .formatted(LONGEST_CELL, line));
    }
    return cell;
  }

  private boolean passComma() {
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
      return true;
    }
    return false;
  }

  private void passLineEnd() {
    if (at < text.length()) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      line++;
    }
  }
}
