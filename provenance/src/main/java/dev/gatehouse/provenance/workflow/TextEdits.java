package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Edits of a text, line by line: whatever is not edited stays as it is, comments, blanks and line
 * ends. Lines are those of the text before the edits, from 1.
 */
final class TextEdits {
  private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\r|\\n|$)");

  private final List<String> lines = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final String end;
  private final Map<Integer, List<String>> after = new TreeMap<>();
  private final Map<Integer, String> replaced = new TreeMap<>();
  private final Map<Integer, Boolean> deleted = new TreeMap<>();

  TextEdits(String text) {
    Matcher matcher = LINE.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.find(at)) {
      lines.add(matcher.group(1));
      ends.add(matcher.group(2));
      at = matcher.end();
    }
    String first = ends.isEmpty() ? "" : ends.getFirst();
    end = first.isEmpty() ? "\n" : first;
  }

  /** A line as it is now. */
  String line(int number) {
    return replaced.getOrDefault(number, lines.get(number - 1));
  }

  void replace(int number, String text) {
    replaced.put(number, text);
  }

  /** Replaces the first occurrence at or behind a column; false where there is none. */
  boolean replaceIn(int number, int column, String before, String now) {
    String line = line(number);
    int from = line.offsetByCodePoints(0, Math.min(column, line.codePointCount(0, line.length())));
    int at = line.indexOf(before, from);
    if (at < 0) {
      return false;
    }
    replace(number, line.substring(0, at) + now + line.substring(at + before.length()));
    return true;
  }

  void delete(int first, int last) {
    for (int number = first; number <= last; number++) {
      deleted.put(number, true);
    }
  }

  boolean isDeleted(int number) {
    return deleted.containsKey(number);
  }

  /** Puts lines behind one, in the order of the calls; behind line 0 is the beginning. */
  void insertAfter(int number, List<String> texts) {
    after.computeIfAbsent(number, _ -> new ArrayList<>()).addAll(texts);
  }

  void insertBefore(int number, List<String> texts) {
    insertAfter(number - 1, texts);
  }

  /** The text with all edits. */
  String result() {
    StringBuilder text = new StringBuilder();
    append(text, after.getOrDefault(0, List.of()));
    for (int number = 1; number <= lines.size(); number++) {
      List<String> behind = after.getOrDefault(number, List.of());
      if (!deleted.containsKey(number)) {
        String own = ends.get(number - 1);
        text.append(line(number)).append(own.isEmpty() && !behind.isEmpty() ? end : own);
      }
      append(text, behind);
    }
    return text.toString();
  }

  private void append(StringBuilder text, List<String> added) {
    added.forEach(line -> text.append(line).append(end));
  }
}
