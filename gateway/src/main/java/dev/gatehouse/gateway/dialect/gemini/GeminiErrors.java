package dev.gatehouse.gateway.dialect.gemini;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.ErrorBodies;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells Google's errors apart: {@code google.rpc.Status} with its details. */
final class GeminiErrors {
  private GeminiErrors() {}

  static ProviderError read(int status, byte[] body) {
    ProviderError read = ErrorBodies.read(status, body);
    try {
      return refined(read, LimitedJson.answer(body));
    } catch (MalformedAnswerException e) {
      return read; // a page, or nothing; its message says so
    }
  }

  /** Reads an error within a stream. */
  static ProviderError read(JsonNode body) {
    int code = body.path("error").path("code").asInt(500);
    int status = code >= 400 && code < 600 ? code : 500;
    return refined(ErrorBodies.read(status, body), body);
  }

  private static ProviderError refined(ProviderError read, JsonNode body) {
    // A stream that is refused answers with an array of one.
    JsonNode error = (body.isArray() && !body.isEmpty() ? body.get(0) : body).path("error");
    String reason = reason(error);
    String word = AnswerFields.text(error, "status");
    Kind kind = kind(read, word == null ? "" : word, reason == null ? "" : reason);
    return new ProviderError(
        read.status(), kind, reason == null ? read.code() : reason, read.field(), read.message());
  }

  private static Kind kind(ProviderError read, String word, String reason) {
    String said = read.message().toLowerCase(Locale.ROOT);
    if (reason.equals("BILLING_DISABLED")
        || said.contains("credits are depleted")
        || said.contains("spending cap")) {
      return Kind.OUT_OF_CREDIT;
    }
    return switch (word) {
      // A wrong key is an invalid argument to Google.
      case "INVALID_ARGUMENT" ->
          reason.startsWith("API_KEY_")
              ? Kind.AUTHENTICATION
              : said.contains("token count") && said.contains("exceeds")
                  ? Kind.CONTEXT_LENGTH
                  : Kind.INVALID_REQUEST;
      case "UNAUTHENTICATED" -> Kind.AUTHENTICATION;
      case "PERMISSION_DENIED" -> Kind.PERMISSION;
      // "Exceeded your current quota" is said of requests per minute, too: that passes.
      case "RESOURCE_EXHAUSTED" -> Kind.RATE_LIMIT;
      case "UNAVAILABLE" -> Kind.OVERLOADED;
      case "DEADLINE_EXCEEDED" -> Kind.TIMEOUT;
      case "INTERNAL", "UNKNOWN", "CANCELLED" -> Kind.SERVER;
      default -> read.kind();
    };
  }

  private static @Nullable String reason(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      String reason = AnswerFields.text(detail, "reason");
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }
}
