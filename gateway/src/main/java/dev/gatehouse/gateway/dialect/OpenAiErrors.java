package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Errors as OpenAI writes them. */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static ObjectNode write(ProviderError error) {
    ObjectNode body = LimitedJson.object();
    body.putObject("error")
        .put("message", error.message())
        .put("type", type(error.kind()))
        .put("param", error.field() == null || error.field().isEmpty() ? null : error.field())
        .put("code", code(error));
    return body;
  }

  /** OpenAI itself says 429 where credit is used up, which its SDKs try again; 402 they do not. */
  static int status(ProviderError error) {
    return error.kind() == Kind.SERVER && error.status() > 500 && error.status() < 600
        ? error.status()
        : ErrorBodies.status(error.kind());
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, NOT_FOUND, TOO_LARGE, CONTEXT_LENGTH, CONTENT_POLICY ->
          "invalid_request_error";
      case AUTHENTICATION -> "authentication_error";
      case PERMISSION -> "permission_error";
      case RATE_LIMIT -> "rate_limit_error";
      case OUT_OF_CREDIT -> "insufficient_quota";
      case OVERLOADED -> "overloaded_error";
      case TIMEOUT -> "timeout_error";
      case SERVER -> "server_error";
    };
  }

  /** Where OpenAI has a word, clients look for it; otherwise the provider's own is worth more. */
  private static @Nullable String code(ProviderError error) {
    return switch (error.kind()) {
      case CONTEXT_LENGTH -> "context_length_exceeded";
      case CONTENT_POLICY -> "content_policy_violation";
      case OUT_OF_CREDIT -> "insufficient_quota";
      case RATE_LIMIT -> "rate_limit_exceeded";
      default -> error.code();
    };
  }
}
