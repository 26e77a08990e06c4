package dev.gatehouse.pins.document;

import dev.gatehouse.pins.text.PinFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value in a document. */
public sealed interface Node {
  /** Where it begins. */
  Spot spot();

  /** What it is, for messages: {@code a table}. */
  String kind();

  /** Keys and values, in their order. */
  final class Table implements Node {
    private final Spot spot;
    private final Map<String, Node> entries = new LinkedHashMap<>();

    /** What may still be added to it; the reader's own. */
    Origin origin;

    /** How a table came to be, which decides who may add to it (TOML 1.0, "Table"). */
    enum Origin {
      /** On the way to another: {@code a} of {@code [a.b]}. */
      IMPLIED,
      /** By its own header. */
      HEADER,
      /** By a dotted key. */
      DOTTED,
      /** Closed for good. */
      INLINE
    }

    Table(Spot spot, Origin origin) {
      this.spot = spot;
      this.origin = origin;
    }

    @Override
    public Spot spot() {
      return spot;
    }

    @Override
    public String kind() {
      return "a table";
    }

    @Nullable Node put(String key, Node value) {
      return entries.putIfAbsent(key, value);
    }

    /** All of it, in its order. */
    public Map<String, Node> entries() {
      return Collections.unmodifiableMap(entries);
    }

    /** Whether there is a value of this key. */
    public boolean has(String key) {
      return entries.containsKey(key);
    }

    /** Any value; empty where there is none, or it is JSON's null. */
    public Optional<Node> find(String key) {
      return Optional.ofNullable(entries.get(key))
          .filter(node -> !(node instanceof Literal literal && literal.word().equals("null")));
    }

    /** A text; empty where there is none. */
    public Optional<Text> text(String key) {
      return find(key).map(node -> node.asText("'" + key + "'"));
    }

    /** A text that must be there. */
    public Text needText(String key) {
      return text(key)
          .orElseThrow(() -> spot.expected("expected '" + key + "' in this table, a string"));
    }

    /** A table; empty where there is none. */
    public Optional<Table> table(String key) {
      return find(key).map(node -> node.asTable("'" + key + "'"));
    }

    /** The items of an array; none where there is no array. */
    public List<Node> items(String key) {
      return find(key).map(node -> node.asArray("'" + key + "'").items()).orElse(List.of());
    }

    /** Whether it is {@code true}; false where there is none. */
    public boolean flag(String key) {
      return find(key)
          .map(
              node -> {
                if (node instanceof Literal literal && literal.isBoolean()) {
                  return literal.word().equals("true");
                }
                throw node.unlike("'" + key + "'", "true or false");
              })
          .orElse(false);
    }
  }

  /** Values in their order. */
  final class Array implements Node {
    private final Spot spot;
    private final List<Node> items = new ArrayList<>();

    /** Whether headers made it ({@code [[package]]}), which alone may add to it then. */
    final boolean ofTables;

    Array(Spot spot, boolean ofTables) {
      this.spot = spot;
      this.ofTables = ofTables;
    }

    @Override
    public Spot spot() {
      return spot;
    }

    @Override
    public String kind() {
      return "an array";
    }

    void add(Node item) {
      items.add(item);
    }

    /** All of it. */
    public List<Node> items() {
      return Collections.unmodifiableList(items);
    }
  }

  /** A string. */
  record Text(Spot spot, String value) implements Node {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number, a time, {@code true}, {@code false} or JSON's {@code null}, as it was written. */
  record Literal(Spot spot, String word) implements Node {
    @Override
    public String kind() {
      return word.length() > 40 ? "a number" : word;
    }

    boolean isBoolean() {
      return word.equals("true") || word.equals("false");
    }
  }

  /** This as a table; {@code what} names it in the message where it is none. */
  default Table asTable(String what) {
    if (this instanceof Table table) {
      return table;
    }
    throw unlike(what, "a table");
  }

  /** This as an array; {@code what} names it in the message where it is none. */
  default Array asArray(String what) {
    if (this instanceof Array array) {
      return array;
    }
    throw unlike(what, "an array");
  }

  /** This as a string; {@code what} names it in the message where it is none. */
  default Text asText(String what) {
    if (this instanceof Text text) {
      return text;
    }
    throw unlike(what, "a string");
  }

  /** What to throw where it should be something else. */
  private PinFileException unlike(String what, String expected) {
    return spot().expected("expected %s to be %s, not %s".formatted(what, expected, kind()));
  }
}
