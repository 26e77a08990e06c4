package dev.gatehouse.gateway.dialect;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object of a client's request. Each field is taken by its name, and {@link #end} refuses what
 * nobody took, so that nothing is dropped unseen. A field that is JSON's null was not given.
 */
final class Fields {
  private final JsonNode object;
  private final String path;
  private final Set<String> taken = new HashSet<>();

  private Fields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** What is at {@code path}; the whole request has an empty one. */
  static Fields of(JsonNode node, String path) throws UntranslatableException {
    if (!node.isObject()) {
      throw new UntranslatableException(
          path, (path.isEmpty() ? "The body" : path) + " has to be an object.");
    }
    return new Fields(node, path);
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  String path() {
    return path;
  }

  UntranslatableException cannot(String name, String why) {
    return new UntranslatableException(path(name), path(name) + " " + why);
  }

  /** The object itself, where all of it is passed on. */
  JsonNode node() {
    return object;
  }

  /** Whether it was given and not yet taken. */
  boolean has(String name) {
    return object.hasNonNull(name) && !taken.contains(name);
  }

  @Nullable JsonNode take(String name) {
    taken.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  JsonNode need(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value == null) {
      throw cannot(name, "is missing.");
    }
    return value;
  }

  @Nullable String text(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isString()) {
      throw cannot(name, "has to be a string.");
    }
    return value == null ? null : value.stringValue();
  }

  String needText(String name) throws UntranslatableException {
    String value = text(name);
    if (value == null) {
      throw cannot(name, "is missing.");
    }
    return value;
  }

  @Nullable BigDecimal number(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isNumber()) {
      throw cannot(name, "has to be a number.");
    }
    return value == null ? null : value.decimalValue();
  }

  @Nullable Long whole(String name) throws UntranslatableException {
    BigDecimal value = number(name);
    try {
      return value == null ? null : value.longValueExact();
    } catch (ArithmeticException e) {
      throw cannot(name, "has to be a whole number of at most 64 bits.");
    }
  }

  /** A number of things, at least one. */
  @Nullable Integer count(String name) throws UntranslatableException {
    Long value = whole(name);
    if (value != null && (value < 1 || value > Integer.MAX_VALUE)) {
      throw cannot(name, "has to be from 1 to " + Integer.MAX_VALUE + ".");
    }
    return value == null ? null : value.intValue();
  }

  @Nullable Boolean flag(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isBoolean()) {
      throw cannot(name, "has to be true or false.");
    }
    return value == null ? null : value.booleanValue();
  }

  @Nullable Fields object(String name) throws UntranslatableException {
    JsonNode value = take(name);
    return value == null ? null : of(value, path(name));
  }

  Fields needObject(String name) throws UntranslatableException {
    return of(need(name), path(name));
  }

  /** The objects of an array; none where it was not given. */
  List<Fields> objects(String name) throws UntranslatableException {
    List<Fields> objects = new ArrayList<>();
    JsonNode array = array(name);
    for (int i = 0; array != null && i < array.size(); i++) {
      objects.add(of(array.get(i), path(name) + "[" + i + "]"));
    }
    return objects;
  }

  /** The strings of an array; none where it was not given. */
  List<String> texts(String name) throws UntranslatableException {
    List<String> texts = new ArrayList<>();
    JsonNode array = array(name);
    for (int i = 0; array != null && i < array.size(); i++) {
      if (!array.get(i).isString()) {
        throw cannot(name + "[" + i + "]", "has to be a string.");
      }
      texts.add(array.get(i).stringValue());
    }
    return texts;
  }

  private @Nullable JsonNode array(String name) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !value.isArray()) {
      throw cannot(name, "has to be an array.");
    }
    return value;
  }

  /** Takes hints that change no answer. */
  void passOver(String... names) {
    taken.addAll(List.of(names));
  }

  /** Takes a field that may be given only as what it is when it is left out. */
  void only(String name, Object usual, String why) throws UntranslatableException {
    JsonNode value = take(name);
    boolean same =
        value == null
            || (usual instanceof Boolean flag && value.isBoolean() && value.booleanValue() == flag)
            || (value.isString() && usual.equals(value.stringValue()));
    if (!same) {
      throw cannot(name, why);
    }
  }

  /** Takes a field that may be given only empty. */
  void empty(String name, String why) throws UntranslatableException {
    JsonNode value = take(name);
    if (value != null && !(value.isContainer() && value.isEmpty())) {
      throw cannot(name, why);
    }
  }

  /** Refuses what nobody took. */
  void end() throws UntranslatableException {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!taken.contains(field.getKey()) && !field.getValue().isNull()) {
        throw cannot(
            field.getKey(),
            "is unknown to the gateway, so it cannot be translated for this model.");
      }
    }
  }
}
