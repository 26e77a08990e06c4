package dev.gatehouse.advisories;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Walks through JSON once, forwards. A value of another type than asked for is nothing (an empty
 * walk, null): what a record may lack may also be wrong.
 */
final class JsonWalk {
  private final JsonParser json;

  JsonWalk(JsonParser json) {
    this.json = json;
  }

  /** Moves to the next value at the top; false at the end. */
  boolean next() {
    return json.nextToken() != null;
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

  @Nullable String string() {
    return json.hasToken(JsonToken.VALUE_STRING) ? json.getString() : null;
  }

  /** Visits each member of an object, standing on its value; what is left is passed over. */
  void members(Consumer<String> visitor) {
    if (isObject()) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        visitor.accept(name);
        json.skipChildren();
      }
    }
  }

  /** Visits each element of an array, standing on it; what is left is passed over. */
  void elements(Runnable visitor) {
    if (isArray()) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        visitor.run();
        json.skipChildren();
      }
    }
  }

  /** The texts of an array. */
  void strings(Consumer<String> visitor) {
    elements(
        () -> {
          String text = string();
          if (text != null) {
            visitor.accept(text);
          }
        });
  }
}
