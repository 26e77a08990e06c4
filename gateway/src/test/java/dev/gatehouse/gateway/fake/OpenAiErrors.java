package dev.gatehouse.gateway.fake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Errors as OpenAI has them. */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static Reply reply(Refusal refusal) {
    String code =
        switch (refusal.message()) {
          case Fault.SPENT -> "insufficient_quota";
          case Fault.TOO_LONG -> "context_length_exceeded";
          case Fault.POLICY -> "content_policy_violation";
          default ->
              switch (refusal.status()) {
                case 401 -> "invalid_api_key";
                case 404 -> "model_not_found";
                case 429 -> "rate_limit_exceeded";
                default -> null;
              };
        };
    return Reply.json(
        refusal.status(),
        body(
            refusal.message(),
            type(refusal, code),
            refusal.path().isEmpty() ? null : refusal.path(),
            code));
  }

  private static String type(Refusal refusal, @Nullable String code) {
    if ("insufficient_quota".equals(code)) {
      return "insufficient_quota";
    }
    return switch (refusal.status()) {
      case 401, 400, 404, 405, 413 -> "invalid_request_error";
      case 403 -> "permission_error";
      case 429 -> "requests";
      default -> "server_error";
    };
  }

  static JsonNode body(String message, String type, @Nullable String param, @Nullable String code) {
    return Json.object(
        "error", Json.object("message", message, "type", type, "param", param, "code", code));
  }
}
