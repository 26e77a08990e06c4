package dev.gatehouse.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML file. What an alias stands for is where its anchor is; merge keys ({@code <<})
 * are resolved.
 */
public sealed interface Yaml {
  /** Where it begins. */
  Place at();

  /** The line in which it begins, from 1. */
  default int line() {
    return at().line();
  }

  /** Its last line with anything of it, from 1. */
  int lastLine();

  /** How many values it has, itself and what aliases repeat counted in. */
  int size();

  /** All scalars in it that are no keys, itself if it is one, in the order of the file. */
  Stream<Scalar> scalars();

  /**
   * A line of a file.
   *
   * @param line from 1
   */
  record Place(String file, int line) {}

  /** How a scalar is written. */
  enum Style {
    /** Without quotes, or in them. */
    FLOW,
    /** {@code |}: each line of it is a line of the file. */
    LITERAL,
    /** {@code >}: lines are joined. */
    FOLDED
  }

  /**
   * A text; YAML's numbers and booleans are texts here, as they are written.
   *
   * @param column where it begins in its line, in code points from 0
   * @param plain whether it stands there without quotes
   */
  record Scalar(Place at, String text, Style style, int column, int lastLine, boolean plain)
      implements Yaml {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public Stream<Scalar> scalars() {
      return Stream.of(this);
    }

    /** The line of the file in which a character of the text stands, counted from 0. */
    public int lineAt(int offset) {
      return lineOf((int) text.substring(0, offset).chars().filter(c -> c == '\n').count());
    }

    /** The line of the file in which the line of the text stands that has this index, from 0. */
    public int lineOf(int index) {
      return switch (style) {
        case LITERAL -> Math.min(line() + 1 + index, lastLine);
        case FOLDED -> Math.min(line() + 1, lastLine);
        case FLOW -> line();
      };
    }
  }

  /**
   * A list.
   *
   * @param flow whether it is written in brackets
   */
  record Sequence(Place at, List<Yaml> items, boolean flow, int lastLine, int size)
      implements Yaml {
    /** Takes a copy. */
    public Sequence {
      items = List.copyOf(items);
    }

    /** One that is put together of values from several places. */
    public static Sequence of(Place at, List<Yaml> items) {
      return new Sequence(at, items, false, at.line(), sizeOf(items));
    }

    @Override
    public Stream<Scalar> scalars() {
      return items.stream().flatMap(Yaml::scalars);
    }
  }

  /**
   * Keys and values, each key once.
   *
   * @param flow whether it is written in braces
   * @param column where its first key begins in its line
   */
  record Mapping(Place at, List<Entry> entries, boolean flow, int column, int lastLine, int size)
      implements Yaml {
    /** Takes a copy. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** One that is put together of entries from several places. */
    public static Mapping of(Place at, List<Entry> entries) {
      int size = sizeOf(entries.stream().map(Entry::value).toList());
      return new Mapping(at, entries, false, 0, at.line(), size);
    }

    /** The entry of this key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }

    /** The value of this key, whatever it is. */
    public Optional<Yaml> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The value of this key; null where it has none, so that a pattern can ask what it is. */
    public @Nullable Yaml value(String key) {
      return get(key).orElse(null);
    }

    /** The value of this key, where it is a text. */
    public Optional<Scalar> scalar(String key) {
      return get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    /** The value of this key as a text; empty where it is missing or no text. */
    public String text(String key) {
      return scalar(key).map(Scalar::text).orElse("");
    }

    /** The value of this key, where it is a mapping; one without entries where it is not. */
    public Mapping mapping(String key) {
      return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast).orElse(none());
    }

    /** The values of this key, where it is a list; a text alone is a list of one. */
    public List<Yaml> list(String key) {
      return get(key)
          .map(
              value ->
                  switch (value) {
                    case Sequence sequence -> sequence.items();
                    case Scalar scalar -> List.<Yaml>of(scalar);
                    case Mapping mapping -> List.<Yaml>of(mapping);
                  })
          .orElse(List.of());
    }

    /** One without entries. */
    public static Mapping none() {
      return of(new Place("", 1), List.of());
    }

    @Override
    public Stream<Scalar> scalars() {
      return entries.stream().flatMap(entry -> entry.value().scalars());
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, Yaml value) {
    /** Where the key stands. */
    public Place at() {
      return key.at();
    }

    /** The line in which the key stands, from 1. */
    public int line() {
      return key.line();
    }

    /** The text of the key. */
    public String name() {
      return key.text();
    }
  }

  private static int sizeOf(List<? extends Yaml> parts) {
    return 1 + parts.stream().mapToInt(Yaml::size).sum();
  }
}
