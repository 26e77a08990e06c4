package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes a request's fields by their names and refuses what nobody took. */
final class RequestFields {
  private final JsonNode request;
  private final Set<String> taken = new HashSet<>();

  RequestFields(JsonNode request) throws UntranslatableException {
    if (!request.isObject()) {
      throw new UntranslatableException("", "The body has to be an object.");
    }
    this.request = request;
  }

  /** Null where it was not given. */
  @Nullable JsonNode take(String name) {
    taken.add(name);
    JsonNode value = request.get(name);
    return value == null || value.isNull() ? null : value;
  }

  @Nullable String text(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isString()) {
      throw new UntranslatableException(name, name + " has to be a string.");
    }
    return value == null ? null : value.stringValue();
  }

  /** A number of things, at least one. */
  @Nullable Integer count(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !(value.canConvertToInt() && value.isInt() && value.intValue() > 0)) {
      throw new UntranslatableException(name, name + " has to be a whole number from 1 on.");
    }
    return value == null ? null : value.intValue();
  }

  boolean flag(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isBoolean()) {
      throw new UntranslatableException(name, name + " has to be true or false.");
    }
    return value != null && value.booleanValue();
  }

  void end() throws UntranslatableException {
    for (Map.Entry<String, JsonNode> field : request.properties()) {
      if (!taken.contains(field.getKey()) && !field.getValue().isNull()) {
        throw new UntranslatableException(
            field.getKey(),
            field.getKey()
                + " is unknown to the gateway, so it cannot be translated for this model.");
      }
    }
  }
}
