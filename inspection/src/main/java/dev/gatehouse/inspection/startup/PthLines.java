package dev.gatehouse.inspection.startup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Divides a {@code .pth} file into lines as each version of Python does, and keeps the union: a
 * file that shows one line to a person and another to Python 3.13 has both.
 */
final class PthLines {
  /** More distinct lines than this are kept by no legitimate file; the rest is left unread. */
  static final int MOST = 20_000;

  private final String text;
  private final TreeMap<Span, Set<SitePython>> spans = new TreeMap<>();
  private boolean full;

  private PthLines(String text) {
    this.text = text;
  }

  /** The union of all versions, in the order of the file. */
  static PthLines read(byte[] content) {
    PthLines lines = new PthLines(SiteText.decode(content));
    for (SitePython python : SitePython.values()) {
      lines.split(python);
    }
    return lines;
  }

  /** Whether there were more lines than {@link #MOST}. */
  boolean isCut() {
    return full;
  }

  List<PthLine> lines() {
    List<PthLine> lines = new ArrayList<>(spans.size());
    int number = 1;
    int counted = 0;
    for (var entry : spans.entrySet()) {
      Span span = entry.getKey();
      for (; counted < span.start; counted++) {
        if (isEndOfEditorLine(counted)) {
          number++;
        }
      }
      String code = text.substring(span.start, span.end);
      lines.add(new PthLine(number, code, span.executable, entry.getValue()));
    }
    return Collections.unmodifiableList(lines);
  }

  private boolean isEndOfEditorLine(int at) {
    char c = text.charAt(at);
    return c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1));
  }

  private void split(SitePython python) {
    // utf-8-sig takes one mark away, and only at the start; Latin-1 shows it as three characters,
    // but only where the file is no UTF-8.
    int at = python.splitsLikePython3() && text.startsWith("\uFEFF") ? 1 : 0;
    while (at < text.length() && !full) {
      int end =
          SiteText.find(
              text,
              at,
              text.length(),
              python.splitsLikePython3() ? SiteText::isLineBreak : SiteText::isNewline);
      add(python, at, end);
      at = end + 1;
    }
  }

  private void add(SitePython python, int lineStart, int lineEnd) {
    int start =
        python.stripsLines()
            ? SiteText.find(text, lineStart, lineEnd, c -> !SiteText.isSpace(c))
            : lineStart;
    int end = SiteText.trimEnd(text, start, lineEnd);
    if (end > start && text.charAt(start) != '#') {
      boolean executable = text.startsWith("import ", start) || text.startsWith("import\t", start);
      spans
          .computeIfAbsent(
              new Span(start, end, executable), span -> EnumSet.noneOf(SitePython.class))
          .add(python);
      full = spans.size() > MOST;
    }
  }

  private record Span(int start, int end, boolean executable) implements Comparable<Span> {
    @Override
    public int compareTo(Span other) {
      int byStart = Integer.compare(start, other.start);
      return byStart != 0 ? byStart : Integer.compare(end, other.end);
    }
  }
}
