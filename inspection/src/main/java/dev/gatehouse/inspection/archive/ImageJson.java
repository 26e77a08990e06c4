package dev.gatehouse.inspection.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A value of the small JSON documents of an image. What is not there, or of another type than asked
 * for, is empty: what may be missing may also be wrong.
 */
record ImageJson(@Nullable Object value) {
  /** Of one document; the OCI lets registries stop at 4 MiB. */
  static final int MOST_BYTES = 8 << 20;

  private static final int DEEPEST = 32;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxDocumentLength(MOST_BYTES)
                  .build())
          .build();

  /** Reads a document. */
  static ImageJson parse(byte[] bytes) throws BrokenException {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      Object value = value(json);
      if (json.nextToken() != null) {
        throw BrokenException.corrupt("is followed by more than one JSON value");
      }
      return new ImageJson(value);
    } catch (JacksonException e) {
      throw BrokenException.corrupt("is no JSON of at most %d levels".formatted(DEEPEST));
    }
  }

  private static @Nullable Object value(JsonParser json) throws BrokenException {
    if (json.hasToken(JsonToken.START_OBJECT)) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (members.put(name, value(json)) != null) {
          throw BrokenException.ambiguous("says \"" + name + "\" twice");
        }
      }
      return members;
    }
    if (json.hasToken(JsonToken.START_ARRAY)) {
      List<@Nullable Object> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(json));
      }
      return items;
    }
    return json.hasToken(JsonToken.VALUE_STRING) ? json.getString() : null;
  }

  ImageJson get(String name) {
    return new ImageJson(value instanceof Map<?, ?> members ? members.get(name) : null);
  }

  List<ImageJson> items() {
    return value instanceof List<?> items
        ? items.stream().map(item -> new ImageJson(item)).toList()
        : List.of();
  }

  String text() {
    return value instanceof String text ? text : "";
  }
}
