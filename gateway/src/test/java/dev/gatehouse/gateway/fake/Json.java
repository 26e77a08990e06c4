package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON, written down shortly. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** Reads JSON; a name that comes twice is an error. */
  static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }

  static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }

  /**
   * An object of names and values in turn. A value is a node, a string, a number, a boolean, null,
   * or a map of strings.
   */
  static ObjectNode object(@Nullable Object... namesAndValues) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set(String.valueOf(namesAndValues[i]), node(namesAndValues[i + 1]));
    }
    return object;
  }

  /** An array of values as {@link #object} takes them. */
  static ArrayNode array(@Nullable Object... values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Object value : values) {
      array.add(node(value));
    }
    return array;
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static String text(JsonNode node) {
    return new String(bytes(node), UTF_8);
  }

  private static JsonNode node(@Nullable Object value) {
    return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
  }
}
