package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.ErrorBodies;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells Bedrock's exceptions apart. */
final class BedrockErrors {
  private BedrockErrors() {}

  /** Reads an answer's body. What it is AWS says in a header, so that the status has to do. */
  static ProviderError read(int status, byte[] body) {
    return refined(ErrorBodies.read(status, body), type(body), status);
  }

  /**
   * Reads an exception within a stream.
   *
   * @param type such as {@code throttlingException}
   */
  static ProviderError exception(String type, String message) {
    int status =
        switch (name(type)) {
          case "validation", "servicequotaexceeded" -> 400;
          case "accessdenied" -> 403;
          case "resourcenotfound" -> 404;
          case "modeltimeout" -> 408;
          case "modelstreamerror", "modelerror" -> 424;
          case "throttling", "modelnotready" -> 429;
          case "serviceunavailable" -> 503;
          default -> 500;
        };
    byte[] body = LimitedJson.bytes(LimitedJson.object().put("message", message));
    return refined(ErrorBodies.read(status, body), type, status);
  }

  private static ProviderError refined(ProviderError read, @Nullable String type, int status) {
    String name = type == null ? "" : name(type);
    String said = read.message().toLowerCase(Locale.ROOT);
    boolean unsigned =
        (status == 400 || status == 401 || status == 403)
            && (said.contains("signature") || said.contains("security token"));
    // AWS answers a wrong signature with all that was signed, the session token among it.
    String message =
        unsigned
            ? "AWS does not take the signature: the access key, its secret or its session token is"
                + " wrong or expired, or this machine's clock is."
            : read.message();
    Kind kind =
        unsigned
            ? Kind.AUTHENTICATION
            : switch (name) {
              case "servicequotaexceeded" -> Kind.RATE_LIMIT;
              case "modelnotready" -> Kind.OVERLOADED;
              default -> kind(read, status, said);
            };
    return new ProviderError(
        read.status(), kind, type == null ? read.code() : type, read.field(), message);
  }

  private static Kind kind(ProviderError read, int status, String said) {
    if (status == 400 && said.contains("input is too long")) {
      return Kind.CONTEXT_LENGTH;
    }
    if (status == 429) {
      return said.contains("not ready") ? Kind.OVERLOADED : Kind.RATE_LIMIT;
    }
    // A dependency failed, AWS says: the model.
    return status == 424 ? Kind.SERVER : read.kind();
  }

  /** The exception's name where the body has it, as it has behind some proxies. */
  private static @Nullable String type(byte[] body) {
    try {
      String type = AnswerFields.text(LimitedJson.answer(body), "__type");
      return type == null ? null : type.substring(type.lastIndexOf('#') + 1);
    } catch (MalformedAnswerException e) {
      return null; // a page, or nothing; ErrorBodies says so
    }
  }

  private static String name(String type) {
    String small = type.toLowerCase(Locale.ROOT);
    return small.endsWith("exception") ? small.substring(0, small.length() - 9) : small;
  }
}
