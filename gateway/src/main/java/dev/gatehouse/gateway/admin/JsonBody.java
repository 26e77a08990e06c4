package dev.gatehouse.gateway.admin;

import dev.gatehouse.findings.NearestWord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object whose members are all known. Null counts as absent. */
final class JsonBody {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /** The request's body, which has to be an object of these members. */
  static JsonBody of(AdminRequest request, Set<String> members) {
    try {
      return of(JSON.readTree(request.body()), members);
    } catch (JacksonException | NumberFormatException e) {
      // An exponent may be too large. The parser's own message may quote the body, which may hold a
      // key.
      throw new AdminProblem(
          400, "not-json", "The body is not JSON", "It cannot be read.", "Send a JSON object.");
    }
  }

  static JsonBody of(JsonNode node, Set<String> members) {
    if (!node.isObject()) {
      throw new AdminProblem(
          400, "not-json", "The body is not a JSON object", "It is none.", "Send a JSON object.");
    }
    for (String name : node.propertyNames()) {
      if (!members.contains(name)) {
        throw unknown(name, members);
      }
    }
    return new JsonBody(node);
  }

  private static AdminProblem unknown(String name, Set<String> members) {
    String shown = name.length() > 50 ? name.substring(0, 50) + "…" : name;
    Optional<String> meant = NearestWord.find(name, members);
    return new AdminProblem(
        400,
        "unknown-member",
        "The member " + shown.replaceAll("\\p{Cntrl}", "?") + " is not known",
        "Nothing is done with a request that is not understood in full.",
        meant
            .map(member -> "Did you mean " + member + "?")
            .orElseGet(
                () ->
                    members.isEmpty()
                        ? "Send an empty object."
                        : "Members are: " + String.join(", ", members.stream().sorted().toList())));
  }

  boolean has(String member) {
    return object.hasNonNull(member);
  }

  JsonNode get(String member) {
    return object.path(member);
  }

  /** A line of text that has to be there. */
  String text(String member, int longest) {
    JsonNode node = object.path(member);
    String text = node.isString() ? node.asString().strip() : "";
    if (text.isEmpty()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw AdminProblem.invalid(member, "a line of 1 to " + longest + " characters");
    }
    return text;
  }

  @Nullable String optionalText(String member, int longest) {
    return has(member) ? text(member, longest) : null;
  }

  @Nullable Long optionalNumber(String member) {
    if (!has(member)) {
      return null;
    }
    JsonNode node = object.path(member);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw AdminProblem.invalid(member, "a whole number");
    }
    return node.asLong();
  }

  boolean flag(String member) {
    JsonNode node = object.path(member);
    if (has(member) && !node.isBoolean()) {
      throw AdminProblem.invalid(member, "true or false");
    }
    return node.asBoolean(false);
  }

  List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    JsonNode list = object.path(member);
    if (has(member) && !list.isArray()) {
      throw AdminProblem.invalid(member, "a list of texts");
    }
    for (JsonNode node : list) {
      if (!node.isString()) {
        throw AdminProblem.invalid(member, "a list of texts");
      }
      texts.add(node.asString());
    }
    return texts;
  }

  @Nullable Instant optionalTime(String member) {
    if (!has(member)) {
      return null;
    }
    try {
      return Instant.parse(object.path(member).asString(""));
    } catch (DateTimeParseException e) {
      throw AdminProblem.invalid(member, "a time such as 2026-03-24T10:00:00Z");
    }
  }
}
