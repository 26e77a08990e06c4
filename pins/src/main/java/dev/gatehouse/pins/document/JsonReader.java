package dev.gatehouse.pins.document;

import dev.gatehouse.pins.document.Node.Array;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON (RFC 8259), each key once. */
public final class JsonReader {
  private static final int DEEPEST = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 16)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private final SourceText source;
  private final JsonParser parser;

  private JsonReader(SourceText source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /**
   * Reads a document that is one object.
   *
   * @throws PinFileException where it is none, or nests more than 64 deep
   */
  public static Table read(SourceText source) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), source.text())) {
      JsonReader reader = new JsonReader(source, parser);
      try {
        return reader.document();
      } catch (JacksonException e) {
        throw reader.expected(e);
      }
    }
  }

  /** Where a limit is passed, the exception knows no place; the parser does. */
  private PinFileException expected(JacksonException e) {
    TokenStreamLocation known = e.getLocation();
    TokenStreamLocation at = known == null ? parser.currentLocation() : known;
    int offset = Math.clamp(at.getCharOffset(), 0, end());
    return source.expected(offset, "expected JSON: " + e.getOriginalMessage());
  }

  private Table document() {
    parser.nextToken();
    Table document = value().asTable("the document");
    if (parser.nextToken() != null) {
      throw spot().expected("expected the end of the file");
    }
    return document;
  }

  private Spot spot() {
    // Before the first token there is no place yet.
    return new Spot(source, Math.clamp(parser.currentTokenLocation().getCharOffset(), 0, end()));
  }

  private int end() {
    return source.text().length();
  }

  private Node value() {
    Spot spot = spot();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case null -> throw spot.expected("expected a value, not the end of the file");
      case START_OBJECT -> object(spot);
      case START_ARRAY -> array(spot);
      case VALUE_STRING -> new Node.Text(spot, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          new Node.Literal(spot, parser.getString());
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw spot.expected("expected a value");
    };
  }

  private Table object(Spot spot) {
    Table table = new Table(spot, Table.Origin.INLINE);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      table.put(key, value());
    }
    return table;
  }

  private Array array(Spot spot) {
    Array array = new Array(spot, false);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }
}
