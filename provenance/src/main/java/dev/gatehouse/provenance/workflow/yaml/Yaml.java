package dev.gatehouse.provenance.workflow.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value of a YAML file. What an alias stands for is where its anchor is; merge keys ({@code <<})
 * are resolved.
 */
public sealed interface Yaml {
  /** Where it begins, from 1. */
  int line();

  /** Its last line with anything of it, from 1. */
  int lastLine();

  /** How many values it has, itself and what aliases repeat counted in. */
  int size();

  /** All scalars in it that are no keys, itself if it is one, in the order of the file. */
  Stream<Scalar> scalars();

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
  record Scalar(String text, Style style, int line, int column, int lastLine, boolean plain)
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
        case LITERAL -> Math.min(line + 1 + index, lastLine);
        case FOLDED -> Math.min(line + 1, lastLine);
        case FLOW -> line;
      };
    }
  }

  /**
   * A list.
   *
   * @param flow whether it is written in brackets
   */
  record Sequence(List<Yaml> items, boolean flow, int line, int lastLine, int size)
      implements Yaml {
    /** Takes a copy. */
    public Sequence {
      items = List.copyOf(items);
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
  record Mapping(List<Entry> entries, boolean flow, int line, int column, int lastLine, int size)
      implements Yaml {
    /** Takes a copy. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The entry of this key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }

    /** The value of this key, whatever it is. */
    public Optional<Yaml> get(String key) {
      return entry(key).map(Entry::value);
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
      return new Mapping(List.of(), false, 1, 0, 1, 1);
    }

    @Override
    public Stream<Scalar> scalars() {
      return entries.stream().flatMap(entry -> entry.value().scalars());
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, Yaml value) {
    /** Where the key stands, from 1. */
    public int line() {
      return key.line();
    }
  }
}
