package dev.gatehouse.pins.document;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.pins.document.Node.Array;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.document.Node.Table.Origin;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads TOML (toml.io, version 1.0, with 1.1's inline tables over several lines). */
public final class TomlReader {
  private static final int DEEPEST = 64;

  /** Numbers, times and words; whether a day is in the calendar is nobody's question here. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "true|false|[+-]?(?:inf|nan)"
              + "|[+-]?(?:0|[1-9](?:_?[0-9])*+)(?:\\.[0-9](?:_?[0-9])*+)?(?:[eE][+-]?[0-9](?:_?[0-9])*+)?"
              + "|0x[0-9a-fA-F](?:_?[0-9a-fA-F])*+|0o[0-7](?:_?[0-7])*+|0b[01](?:_?[01])*+"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?"
              + "(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
              + "|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?");

  private final TomlScanner in;
  private final Table root;
  private int depth;

  private TomlReader(SourceText source) {
    this.in = new TomlScanner(source);
    this.root = new Table(new Spot(source, 0), Origin.HEADER);
  }

  /**
   * Reads a document.
   *
   * @throws PinFileException where it is none, or nests more than 64 deep
   */
  public static Table read(SourceText source) {
    return new TomlReader(source).document();
  }

  private Table document() {
    Table current = root;
    for (in.blankLines(); !in.atEnd(); in.blankLines()) {
      if (in.peek() == '[') {
        current = header();
      } else {
        keyValue(current);
      }
      in.lineEnd();
    }
    return root;
  }

  private Table header() {
    Spot spot = in.spot();
    boolean array = in.startsWith("[[");
    in.skip(array ? 2 : 1);
    in.blanks();
    List<String> path = key();
    in.need(']', "after the name of a table");
    if (array) {
      in.need(']', "after the name of an array of tables");
    }
    Table parent = root;
    for (String part : path.subList(0, path.size() - 1)) {
      parent = descend(parent, part, spot);
    }
    return array ? append(parent, path.getLast(), spot) : open(parent, path.getLast(), spot);
  }

  /** The table on the way to another one, made where it is missing. */
  private static Table descend(Table parent, String key, Spot spot) {
    Node known = parent.entries().get(key);
    if (known == null) {
      return added(parent, key, new Table(spot, Origin.IMPLIED));
    }
    if (known instanceof Table table && table.origin != Origin.INLINE) {
      return table;
    }
    if (known instanceof Array array
        && array.ofTables
        && array.items().getLast() instanceof Table last) {
      return last;
    }
    throw taken(spot, key);
  }

  private static Table open(Table parent, String key, Spot spot) {
    Node known = parent.entries().get(key);
    if (known == null) {
      return added(parent, key, new Table(spot, Origin.HEADER));
    }
    if (known instanceof Table table && table.origin == Origin.IMPLIED) {
      table.origin = Origin.HEADER;
      return table;
    }
    throw taken(spot, key);
  }

  private static Table append(Table parent, String key, Spot spot) {
    Node known = parent.entries().get(key);
    if (known == null) {
      known = new Array(spot, true);
      parent.put(key, known);
    }
    if (known instanceof Array array && array.ofTables) {
      Table table = new Table(spot, Origin.HEADER);
      array.add(table);
      return table;
    }
    throw taken(spot, key);
  }

  private static Table added(Table parent, String key, Table table) {
    parent.put(key, table);
    return table;
  }

  private static PinFileException taken(Spot spot, String key) {
    return spot.expected(
        "expected each key once, but there is a %s already"
            .formatted(MalformedException.quoted(key)));
  }

  /** A dotted key; blanks may stand round each dot. */
  private List<String> key() {
    List<String> parts = new ArrayList<>();
    do {
      in.blanks();
      if (parts.size() == DEEPEST) {
        throw in.expected("a key of at most %d parts".formatted(DEEPEST));
      }
      parts.add(in.keyPart());
      in.blanks();
    } while (in.accept('.'));
    return parts;
  }

  private void keyValue(Table table) {
    Spot spot = in.spot();
    List<String> path = key();
    in.need('=', "after a key");
    in.blanks();
    Table holder = table;
    for (String part : path.subList(0, path.size() - 1)) {
      holder = dotted(holder, part, spot);
    }
    if (holder.put(path.getLast(), value()) != null) {
      throw taken(spot, path.getLast());
    }
  }

  /** Dotted keys add to tables of dotted keys alone, never to those of a header. */
  private static Table dotted(Table parent, String key, Spot spot) {
    Node known = parent.entries().get(key);
    if (known == null) {
      return added(parent, key, new Table(spot, Origin.DOTTED));
    }
    if (known instanceof Table table && table.origin == Origin.DOTTED) {
      return table;
    }
    throw taken(spot, key);
  }

  private Node value() {
    Spot spot = in.spot();
    return switch (in.peek()) {
      case '"', '\'' -> new Node.Text(spot, in.string(true));
      case '[' -> array(spot);
      case '{' -> inlineTable(spot);
      default -> literal(spot);
    };
  }

  private Node literal(Spot spot) {
    String word = in.word();
    if (word.isEmpty()) {
      throw in.expected("a value");
    }
    if (word.length() > 200 || !LITERAL.matcher(word).matches()) {
      throw spot.expected(
          "expected a value (a string in quotes, a number, a time, true or false), not "
              + MalformedException.quoted(word));
    }
    return new Node.Literal(spot, word);
  }

  private Array array(Spot spot) {
    enter(spot);
    Array array = new Array(spot, false);
    for (in.blankLines(); !in.accept(']'); in.blankLines()) {
      array.add(value());
      in.blankLines();
      if (!in.accept(',') && in.peek() != ']') {
        throw in.expected("',' or ']'");
      }
    }
    depth--;
    return array;
  }

  private Table inlineTable(Spot spot) {
    enter(spot);
    Table table = new Table(spot, Origin.DOTTED);
    for (in.blankLines(); !in.accept('}'); in.blankLines()) {
      keyValue(table);
      in.blankLines();
      if (!in.accept(',') && in.peek() != '}') {
        throw in.expected("',' or '}'");
      }
    }
    close(table);
    depth--;
    return table;
  }

  private void enter(Spot spot) {
    if (++depth > DEEPEST) {
      throw spot.expected("expected at most %d arrays and tables in each other".formatted(DEEPEST));
    }
    in.skip(1);
  }

  /** Nothing may be added to an inline table, nor to what its dotted keys made. */
  private static void close(Table table) {
    table.origin = Origin.INLINE;
    for (Node entry : table.entries().values()) {
      if (entry instanceof Table inner && inner.origin == Origin.DOTTED) {
        close(inner);
      }
    }
  }
}
