package dev.gatehouse.packaging.simple;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Walks a JSON document once from its beginning to its end. A value of another type than asked for
 * is nothing (an empty walk, null), never an error: what may be missing may also be wrong.
 */
final class JsonCursor {
  private final JsonParser json;

  /** Stands on the document's one value. */
  JsonCursor(JsonParser json) {
    this.json = json;
    json.nextToken();
  }

  /** Whether nothing follows the document's value. */
  boolean isAtEnd() {
    return json.nextToken() == null;
  }

  boolean isObject() {
    return json.hasToken(JsonToken.START_OBJECT);
  }

  boolean isArray() {
    return json.hasToken(JsonToken.START_ARRAY);
  }

  boolean isNull() {
    return json.hasToken(JsonToken.VALUE_NULL);
  }

  boolean isTrue() {
    return json.hasToken(JsonToken.VALUE_TRUE);
  }

  @Nullable String string() {
    return json.hasToken(JsonToken.VALUE_STRING) ? json.getString() : null;
  }

  @Nullable Long integer() {
    boolean fits =
        json.hasToken(JsonToken.VALUE_NUMBER_INT)
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return fits ? (Long) json.getLongValue() : null;
  }

  /**
   * Visits each member of an object, standing on its value; what the visitor leaves is passed over.
   */
  void members(Consumer<String> visitor) {
    if (isObject()) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        visitor.accept(name);
        json.skipChildren();
      }
    }
  }

  /** Visits each element of an array, standing on it; what the visitor leaves is passed over. */
  void elements(Runnable visitor) {
    if (isArray()) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        visitor.run();
        json.skipChildren();
      }
    }
  }
}
