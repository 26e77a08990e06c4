package dev.gatehouse.gateway.fake;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What JSON has to look like. Everything that is not said to be allowed is a problem. */
sealed interface Shape {
  /** What is wrong, and where: {@code messages[0].content}. */
  record Problem(String path, String message) {}

  /** Finds what is wrong first; empty: nothing. */
  Optional<Problem> check(JsonNode value, String path);

  /** Text of at least so many characters. */
  record Text(int least) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(
          value.isString() && value.stringValue().length() >= least, path, "a string", value);
    }
  }

  /** Text of a form. */
  record Named(String form) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(
          value.isString() && value.stringValue().matches(form), path, "text as " + form, value);
    }
  }

  /** Text of which something can be seen. */
  record Visible() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(
          value.isString() && !value.stringValue().isBlank(), path, "text, not blank", value);
    }
  }

  /** A JSON Schema of an object. */
  record ObjectSchema() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(
          value.isObject() && value.path("type").asString("").equals("object"),
          path,
          "a schema of an object",
          value);
    }
  }

  /** One of some words. */
  record Word(Set<String> words) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(
          value.isString() && words.contains(value.stringValue()), path, "one of " + words, value);
    }
  }

  /** A whole number within bounds. */
  record Whole(long least, long most) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      boolean fits =
          value.isIntegralNumber()
              && value.canConvertToLong()
              && value.longValue() >= least
              && value.longValue() <= most;
      return expect(fits, path, "a whole number from %d to %d".formatted(least, most), value);
    }
  }

  /** A number within bounds. */
  record Numeric(double least, double most) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      boolean fits =
          value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
      return expect(fits, path, "a number from %s to %s".formatted(least, most), value);
    }
  }

  /** True or false. */
  record Flag() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(value.isBoolean(), path, "true or false", value);
    }
  }

  /** Anything. */
  record Anything() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return Optional.empty();
    }
  }

  /** An object whose members are the caller's own business, such as a JSON Schema. */
  record Free() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return expect(value.isObject(), path, "an object", value);
    }
  }

  /** Text that is a JSON object, such as a tool's arguments. */
  record JsonText() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      boolean fits = false;
      if (value.isString()) {
        try {
          fits = Json.read(value.stringValue()).isObject();
        } catch (RuntimeException notJson) {
          fits = false;
        }
      }
      return expect(fits, path, "a JSON object as text", value);
    }
  }

  /** Base64 of something. */
  record Base64() implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      boolean fits = false;
      if (value.isString() && !value.stringValue().isEmpty()) {
        try {
          fits = java.util.Base64.getDecoder().decode(value.stringValue()).length > 0;
        } catch (IllegalArgumentException notBase64) {
          fits = false;
        }
      }
      return expect(fits, path, "base64", value);
    }
  }

  /** A list of at least so many elements. */
  record ListOf(Shape element, int least) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      if (!value.isArray() || value.size() < least) {
        return expect(false, path, "a list of at least " + least, value);
      }
      for (int i = 0; i < value.size(); i++) {
        Optional<Problem> problem = element.check(value.get(i), path + "[" + i + "]");
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
  }

  /** An object of any names, each value of one shape. */
  record MapOf(Shape value) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode map, String path) {
      if (!map.isObject()) {
        return expect(false, path, "an object", map);
      }
      return map.properties().stream()
          .flatMap(entry -> value.check(entry.getValue(), path + "." + entry.getKey()).stream())
          .findFirst();
    }
  }

  /** Null, or as another. */
  record OrNull(Shape shape) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return value.isNull() ? Optional.empty() : shape.check(value, path);
    }
  }

  /** As one of several; what is wrong with the one that it is most like is told. */
  record Either(List<Shape> shapes) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      Optional<Problem> closest = Optional.empty();
      for (Shape shape : shapes) {
        Optional<Problem> problem = shape.check(value, path);
        if (problem.isEmpty()) {
          return problem;
        }
        if (closest.isEmpty() || problem.get().path().length() > closest.get().path().length()) {
          closest = problem;
        }
      }
      return closest;
    }
  }

  /** A shape that contains itself. */
  record Later(Supplier<Shape> shape) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      return shape.get().check(value, path);
    }
  }

  /** An object whose other members depend on the word that one has. */
  record ByWord(String member, Map<String, Shape> shapes) implements Shape {
    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      if (!value.isObject()) {
        return expect(false, path, "an object", value);
      }
      Shape shape = shapes.get(value.path(member).asString(""));
      return shape == null
          ? expect(false, path + "." + member, "one of " + shapes.keySet(), value.path(member))
          : shape.check(value, path);
    }
  }

  /** An object of named members. */
  final class Fields implements Shape {
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Set<String> needed = new LinkedHashSet<>();
    private boolean onlyOne;

    /** A member that has to be there. */
    Fields need(String name, Shape shape) {
      needed.add(name);
      return may(name, shape);
    }

    /** A member that may be there, but not as null. */
    Fields may(String name, Shape shape) {
      shapes.put(name, shape);
      return this;
    }

    /** A member that may be there, and may be null. */
    Fields mayNull(String name, Shape shape) {
      return may(name, new OrNull(shape));
    }

    /** Exactly one of the members is there: a union. */
    Fields exactlyOne() {
      onlyOne = true;
      return this;
    }

    /** All that another allows and demands. */
    Fields with(Fields other) {
      shapes.putAll(other.shapes);
      needed.addAll(other.needed);
      return this;
    }

    @Override
    public Optional<Problem> check(JsonNode value, String path) {
      if (!value.isObject()) {
        return expect(false, path, "an object", value);
      }
      String prefix = path.isEmpty() ? "" : path + ".";
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        Shape shape = shapes.get(member.getKey());
        if (shape == null) {
          return Optional.of(
              new Problem(prefix + member.getKey(), "unknown field; known are " + shapes.keySet()));
        }
        Optional<Problem> problem = shape.check(member.getValue(), prefix + member.getKey());
        if (problem.isPresent()) {
          return problem;
        }
      }
      for (String name : needed) {
        if (!value.has(name)) {
          return Optional.of(new Problem(prefix + name, "field required"));
        }
      }
      return onlyOne && value.size() != 1
          ? Optional.of(new Problem(path, "exactly one of " + shapes.keySet() + " is needed"))
          : Optional.empty();
    }
  }

  static Fields object() {
    return new Fields();
  }

  static Shape text() {
    return new Text(0);
  }

  static Shape filled() {
    return new Text(1);
  }

  static Shape word(String... words) {
    return new Word(new LinkedHashSet<>(List.of(words)));
  }

  static Shape whole(long least, long most) {
    return new Whole(least, most);
  }

  static Shape number(double least, double most) {
    return new Numeric(least, most);
  }

  static Shape flag() {
    return new Flag();
  }

  static Shape free() {
    return new Free();
  }

  static Shape list(Shape element) {
    return new ListOf(element, 0);
  }

  static Shape filledList(Shape element) {
    return new ListOf(element, 1);
  }

  static Shape either(Shape... shapes) {
    return new Either(List.of(shapes));
  }

  /** Objects told apart by a member's word: words and shapes in turn. */
  static Shape byWord(String member, Object... wordsAndShapes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int i = 0; i < wordsAndShapes.length; i += 2) {
      shapes.put((String) wordsAndShapes[i], (Shape) wordsAndShapes[i + 1]);
    }
    return new ByWord(member, shapes);
  }

  private static Optional<Problem> expect(
      boolean fits, String path, String wanted, JsonNode value) {
    if (fits) {
      return Optional.empty();
    }
    String got = String.valueOf(value);
    return Optional.of(
        new Problem(
            path,
            "wanted %s, got %s".formatted(wanted, got.length() > 80 ? got.substring(0, 80) : got)));
  }
}
