package dev.gatehouse.index.http;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoints below {@code /api/} have in common: JSON in, JSON out. */
final class JsonApi {
  /** Far more than a question of administration needs. */
  private static final int MOST_BODY = 64 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  private JsonApi() {}

  /** The request's body, which has to be an object. */
  static JsonNode body(Exchange exchange) throws IOException {
    return body(exchange, MOST_BODY);
  }

  /** The request's body, which has to be an object of at most so many bytes. */
  static JsonNode body(Exchange exchange, int most) throws IOException {
    try {
      JsonNode node = JSON.readTree(exchange.body(most));
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw Problems.badRequest(
              "not-json", "The body is not JSON", "At " + e.getLocation().offsetDescription() + ".")
          .asException();
    }
    throw Problems.badRequest("not-json", "The body is not a JSON object", "It must be an object.")
        .asException();
  }

  /** A member of the body that is not what it has to be. */
  static ProblemException invalid(String member, String rule) {
    return Problems.badRequest(
            "invalid-" + member, "The member " + member + " is missing or not valid", rule)
        .asException();
  }

  /** A text that has to be there; blank counts as missing. */
  static String text(JsonNode body, String member, int longest) {
    String text = body.path(member).asString("").strip();
    if (text.isEmpty()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(member, "It is a line of 1 to " + longest + " characters.");
    }
    return text;
  }

  /** A version of PEP 440. */
  static Version version(String text) {
    try {
      return Version.parse(text);
    } catch (MalformedException e) {
      throw invalid("version", "It is a version of PEP 440, such as 1.82.6.");
    }
  }

  /**
   * When a decision ends by itself; null: it does not.
   *
   * @param now what it has to come after
   */
  static @Nullable Instant until(JsonNode body, Instant now) {
    String text = body.path("until").asString("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      Instant until = Instant.parse(text);
      if (until.isAfter(now)) {
        return until;
      }
    } catch (DateTimeParseException e) {
      throw invalid("until", "It is a time such as 2026-03-24T10:00:00Z.");
    }
    throw invalid("until", "It is a time that is still to come.");
  }

  /** JSON that is already text, as a part of an answer. */
  static JsonNode parsed(String json) {
    return JSON.readTree(json);
  }

  static void send(Exchange exchange, int status, Map<String, Object> answer) {
    exchange
        .status(status)
        .set(HttpHeader.CONTENT_TYPE, "application/json")
        .set(HttpHeader.CACHE_CONTROL, "no-store")
        .send(ByteBuffer.wrap(JSON.writeValueAsBytes(answer)));
  }
}
