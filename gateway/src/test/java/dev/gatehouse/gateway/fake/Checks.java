package dev.gatehouse.gateway.fake;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What all vendors demand of a request. */
final class Checks {
  /** Headers of a client that have no business with a provider. */
  private static final Set<String> FOREIGN =
      Set.of("cookie", "x-forwarded-for", "forwarded", "x-real-ip", "referer", "origin");

  private Checks() {}

  /** Demands a method, and that no key is in the query. */
  static void transport(Received request, String method) throws Refusal {
    if (!request.method().equals(method)) {
      throw new Refusal(405, "", "method not allowed: " + request.method());
    }
    for (String word : new String[] {"key=", "api_key", "api-key", "token="}) {
      if (request.query().toLowerCase(java.util.Locale.ROOT).contains(word)) {
        throw new Refusal(400, "", "a key in the query: " + request.query().split("=", 2)[0]);
      }
    }
  }

  /** Refuses headers that a gateway should not have passed on. */
  static void headersOfAGateway(Received request) throws Refusal {
    for (String name : request.headers().keySet()) {
      if (FOREIGN.contains(name)
          || name.startsWith("x-litellm-")
          || name.startsWith("x-stainless-")) {
        throw new Refusal(400, "", "a header that is none of ours: " + name);
      }
    }
  }

  /** Demands a secret in a header, and nowhere else. */
  static void key(Received request, String header, String value) throws Refusal {
    if (!request.header(header).equals(Optional.of(value))) {
      throw new Refusal(401, "", "wrong or missing " + header);
    }
    for (String other : Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key")) {
      if (!other.equals(header) && request.header(other).isPresent()) {
        throw new Refusal(400, "", "a second key, in " + other);
      }
    }
  }

  /** Reads a body, which is said to be JSON and is, and is of a shape. */
  static JsonNode body(Received request, Shape shape) throws Refusal {
    return body(request, shape, 400);
  }

  static JsonNode body(Received request, Shape shape, int status) throws Refusal {
    String type = request.header("content-type").orElse("");
    if (!type.matches("application/json(; ?charset=utf-8)?")) {
      throw new Refusal(400, "", "wrong content-type: " + type);
    }
    JsonNode body;
    try {
      body = request.json();
    } catch (JacksonException e) {
      throw new Refusal(400, "", "not JSON: " + e.getOriginalMessage());
    }
    Optional<Shape.Problem> problem = shape.check(body, "");
    if (problem.isPresent()) {
      throw new Refusal(status, problem.get().path(), problem.get().message());
    }
    return body;
  }

  /** Demands something of a request that its shape does not say. */
  static void require(boolean fits, String path, String message) throws Refusal {
    if (!fits) {
      throw new Refusal(400, path, message);
    }
  }
}
