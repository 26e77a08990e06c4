package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.findings.NearestWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * Reads one table: values through the types that they become, problems with their lines. A key that
 * the table does not have is a problem from the start.
 */
final class TableReader {
  private final Table table;
  private final TomlTable toml;
  private final int line;
  private final Problems problems;

  TableReader(Table table, TomlTable toml, int line, Problems problems) {
    this.table = table;
    this.toml = toml;
    this.line = line;
    this.problems = problems;
    List<String> known = known(table);
    for (String key : toml.keySet()) {
      if (!known.contains(key) && !table.isFree()) {
        problems.add(lineOf(toml, key, line), table + " " + unknown(table.key() + ".", key, known));
      }
    }
  }

  private static List<String> known(Table table) {
    return Stream.concat(
            table.settings().stream().map(Setting::key),
            Table.within(table).stream().map(Table::lastKey))
        .toList();
  }

  /**
   * What to say of a key that is none: that a later version has it, which one was probably meant,
   * or which there are.
   */
  static String unknown(String prefix, String key, List<String> known) {
    return LaterSettings.find(prefix + key)
        .map(later -> key + ": " + later)
        .orElseGet(
            () ->
                quoted(key)
                    + ": no such key; "
                    + NearestWord.find(key, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "there are " + listed(known)));
  }

  /** The line of a key, or that of its table where the parser does not know it. */
  static int lineOf(TomlTable toml, String key, int otherwise) {
    var position = toml.inputPositionOf(List.of(key));
    return position == null ? otherwise : position.line();
  }

  /** The line of a list's element, or that of the list where the parser does not know it. */
  static int lineOf(TomlArray array, int element, int otherwise) {
    var position = array.inputPositionOf(element);
    return position == null ? otherwise : position.line();
  }

  /** The line of the table's head. */
  int line() {
    return line;
  }

  boolean has(Setting setting) {
    return value(setting) != null;
  }

  void problem(Setting setting, String message) {
    problems.add(lineOf(toml, setting.key(), line), setting + ": " + message);
  }

  /** A problem of the table as a whole. */
  void problem(String message) {
    problems.add(line, table + ": " + message);
  }

  /** The value, where the key is there and its text is one. */
  <T> Optional<T> find(Setting setting, Function<String, T> parse) {
    return switch (value(setting)) {
      case null -> Optional.empty();
      case String text -> parsed(setting, lineOf(toml, setting.key(), line), text, parse);
      case Object other -> {
        problem(setting, "must be a text in quotation marks, not " + kind(other));
        yield Optional.empty();
      }
    };
  }

  /** Like {@link #find}; leaving the key out is a problem. */
  <T> Optional<T> require(Setting setting, Function<String, T> parse) {
    if (!has(setting)) {
      problem(setting.key() + " is missing");
    }
    return find(setting, parse);
  }

  /** The key's value where it is of this kind, which the message calls so. */
  <T> Optional<T> find(Setting setting, Class<T> type, String word) {
    Object value = value(setting);
    if (value == null || type.isInstance(value)) {
      return Optional.ofNullable(type.cast(value));
    }
    problem(setting, "must be " + word + ", not " + kind(value));
    return Optional.empty();
  }

  /** All keys and texts of a table whose keys the user chooses. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : toml.keySet()) {
      if (toml.get(List.of(key)) instanceof String text) {
        entries.put(key, text);
      } else {
        problems.add(
            lineOf(toml, key, line),
            table + " " + quoted(key) + ": must be a text in quotation marks");
      }
    }
    return entries;
  }

  /** The values of a list; empty where the key is not there. */
  <T> List<T> list(Setting setting, Function<String, T> parse) {
    return switch (value(setting)) {
      case null -> List.of();
      case TomlArray array -> elements(setting, array, parse);
      case Object other -> {
        problem(setting, "must be a list in brackets, not " + kind(other));
        yield List.of();
      }
    };
  }

  /** The values of a list, or the one value that stands there without brackets. */
  <T> List<T> oneOrMore(Setting setting, Function<String, T> parse) {
    return switch (value(setting)) {
      case null -> List.of();
      case TomlArray array -> elements(setting, array, parse);
      case String _ -> find(setting, parse).map(List::of).orElse(List.of());
      case Object other -> {
        problem(setting, "must be a text in quotation marks or a list of them, not " + kind(other));
        yield List.of();
      }
    };
  }

  private <T> List<T> elements(Setting setting, TomlArray array, Function<String, T> parse) {
    if (array.isEmpty()) {
      // To some it would mean all, to others none.
      problem(setting, "the list is empty; leave the key out to get the default");
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      int place = lineOf(array, i, lineOf(toml, setting.key(), line));
      if (array.get(i) instanceof String text) {
        parsed(setting, place, text, parse).ifPresent(values::add);
      } else {
        problems.add(
            place, setting + ": must hold texts in quotation marks, not " + kind(array.get(i)));
      }
    }
    return List.copyOf(values);
  }

  private <T> Optional<T> parsed(
      Setting setting, int place, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(place, setting + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private @Nullable Object value(Setting setting) {
    if (setting.table() != table) {
      throw new IllegalArgumentException(setting + " is read from " + table);
    }
    return toml.get(List.of(setting.key()));
  }

  private static String kind(Object value) {
    return switch (value) {
      case String _ -> "a text";
      case Boolean _ -> "true or false";
      case Number _ -> "a number";
      case TomlArray _ -> "a list";
      case TomlTable _ -> "a table";
      default -> "a date or time";
    };
  }

  /** A parser for a closed set of words. */
  static <T> Function<String, T> oneOf(T[] values, Function<T, String> word) {
    return text ->
        Arrays.stream(values)
            .filter(value -> word.apply(value).equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be "
                            + Arrays.stream(values)
                                .map(word)
                                .map(w -> '"' + w + '"')
                                .collect(Collectors.joining(" or "))
                            + ", not "
                            + quoted(text)));
  }

  private static String listed(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
