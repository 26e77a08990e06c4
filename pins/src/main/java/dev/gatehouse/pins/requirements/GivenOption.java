package dev.gatehouse.pins.requirements;

import dev.gatehouse.pins.requirements.ShellWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An option on a line.
 *
 * @param value empty where it takes none
 * @param index at which it begins in the line
 */
record GivenOption(PipOption option, String value, int index) {
  /** Reads the options of a line, from an index on, as Python's optparse does. */
  static List<GivenOption> of(LogicalLine line, int start) {
    List<Word> words = ShellWords.of(line, start);
    List<GivenOption> given = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text();
      if (!text.startsWith("-") || text.length() < 2) {
        throw line.expected(
            word.index(), "expected an option (--hash=…), which begins with '-', or a comment");
      }
      boolean isLong = text.startsWith("--");
      int equals = isLong ? text.indexOf('=') : -1;
      String name = isLong ? (equals < 0 ? text : text.substring(0, equals)) : text.substring(0, 2);
      PipOption option = find(line, word, name);
      if (!option.takesValue()) {
        if (equals >= 0 || (!isLong && text.length() > 2)) {
          throw line.expected(word.index(), "expected no value for " + option.text());
        }
        given.add(new GivenOption(option, "", word.index()));
      } else if (equals >= 0) {
        given.add(new GivenOption(option, text.substring(equals + 1), word.index()));
      } else if (!isLong && text.length() > 2) {
        given.add(new GivenOption(option, text.substring(2), word.index()));
      } else if (++i < words.size()) {
        given.add(new GivenOption(option, words.get(i).text(), word.index()));
      } else {
        throw line.expected(word.index(), "expected a value after " + option.text());
      }
    }
    return given;
  }

  private static PipOption find(LogicalLine line, Word word, String name) {
    List<PipOption> meant = PipOption.named(name);
    if (meant.isEmpty()) {
      throw line.expected(
          word.index(), "expected an option that pip takes in requirements files, not " + name);
    }
    if (meant.size() > 1) {
      throw line.expected(
          word.index(),
          "expected one of %s, not %s"
              .formatted(
                  meant.stream().map(PipOption::text).collect(Collectors.joining(", ")), name));
    }
    return meant.getFirst();
  }
}
