package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads providers' answers, in which what is missing or of another type counts as not given. */
final class Loose {
  private Loose() {}

  static @Nullable String text(JsonNode of, String name) {
    JsonNode value = of.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** Null where it is missing or empty. */
  static @Nullable String word(JsonNode of, String name) {
    String text = text(of, name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** A number of tokens; 0 where it is none. */
  static long tokens(JsonNode of, String name) {
    return tokens(of, name, 0);
  }

  static long tokens(JsonNode of, String name, long otherwise) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Math.max(0, value.longValue())
        : otherwise;
  }

  static int index(JsonNode of, String name, int otherwise) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0
        ? value.intValue()
        : otherwise;
  }
}
