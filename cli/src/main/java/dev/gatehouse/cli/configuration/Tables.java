package dev.gatehouse.cli.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The tables of one configuration file. A table or key that there is not is a problem at once. */
final class Tables {
  private final Problems problems;
  private final Map<Table, List<TableReader>> found = new EnumMap<>(Table.class);

  private Tables(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a file's text.
   *
   * @throws ConfigurationException where it is no TOML
   */
  static Tables read(String text, Problems problems) throws ConfigurationException {
    TomlParseResult toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      problems.add(error.position().line(), firstLine(String.valueOf(error.getMessage())));
    }
    // What could be saved of broken syntax would only add problems that are none.
    problems.throwIfAny();
    Tables tables = new Tables(problems);
    tables.addAll(toml);
    return tables;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("is not TOML");
  }

  private void addAll(TomlTable toml) {
    for (String key : toml.keySet()) {
      int line = TableReader.lineOf(toml, key, 1);
      Optional<Table> table = Table.find(key).filter(found -> !found.isInner());
      if (table.isEmpty()) {
        List<String> known =
            Arrays.stream(Table.values())
                .filter(other -> !other.isInner())
                .map(Table::key)
                .toList();
        problems.add(line, TableReader.unknown("", key, known));
      } else {
        add(table.get(), toml.get(List.of(key)), line);
      }
    }
  }

  private void add(Table table, @Nullable Object value, int line) {
    List<TableReader> readers = found.computeIfAbsent(table, _ -> new ArrayList<>());
    if (value instanceof TomlTable toml && !table.isList()) {
      readers.add(new TableReader(table, toml, line, problems));
      for (Table inner : Table.within(table)) {
        if (toml.contains(List.of(inner.lastKey()))) {
          add(
              inner,
              toml.get(List.of(inner.lastKey())),
              TableReader.lineOf(toml, inner.lastKey(), line));
        }
      }
    } else if (value instanceof TomlArray array && table.isList()) {
      for (int i = 0; i < array.size(); i++) {
        int place = TableReader.lineOf(array, i, line);
        if (array.get(i) instanceof TomlTable toml) {
          readers.add(new TableReader(table, toml, place, problems));
        } else {
          problems.add(place, table.key() + ": must be written as " + table + ", one for each");
        }
      }
    } else {
      problems.add(
          line,
          table.key()
              + ": must be written as "
              + table
              + (table.isList() ? ", one for each" : ", once"));
    }
  }

  /** All of one kind, in the order of the file. */
  List<TableReader> list(Table table) {
    return found.getOrDefault(table, List.of());
  }

  /** The only one of its kind; where there is none, one without keys. */
  TableReader single(Table table) {
    List<TableReader> readers = list(table);
    return readers.isEmpty()
        ? new TableReader(table, Toml.parse(""), 0, problems)
        : readers.getFirst();
  }
}
