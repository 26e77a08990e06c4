package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import tools.jackson.databind.node.ObjectNode;

/** Errors as Anthropic writes them. */
final class AnthropicErrors {
  private static final int OVERLOADED = 529;

  private AnthropicErrors() {}

  static ObjectNode write(ProviderError error, String requestId) {
    ObjectNode body = LimitedJson.object().put("type", "error");
    body.putObject("error").put("type", type(error.kind())).put("message", error.message());
    return body.put("request_id", requestId);
  }

  static int status(ProviderError error) {
    return error.kind() == Kind.OVERLOADED ? OVERLOADED : OpenAiErrors.status(error);
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_POLICY -> "invalid_request_error";
      case AUTHENTICATION -> "authentication_error";
      case PERMISSION -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMIT -> "rate_limit_error";
      case OUT_OF_CREDIT -> "billing_error";
      case OVERLOADED -> "overloaded_error";
      case TIMEOUT -> "timeout_error";
      case SERVER -> "api_error";
    };
  }
}
