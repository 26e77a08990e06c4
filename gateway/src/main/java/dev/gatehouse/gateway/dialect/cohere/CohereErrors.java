package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.dialect.ErrorBodies;
import java.util.Locale;

/** Tells Cohere's errors apart: by their status, and their text where that says more. */
final class CohereErrors {
  private CohereErrors() {}

  static ProviderError read(int status, byte[] body) {
    ProviderError read = ErrorBodies.read(status, body);
    return new ProviderError(read.status(), kind(read), read.code(), read.field(), read.message());
  }

  private static Kind kind(ProviderError read) {
    String said = read.message().toLowerCase(Locale.ROOT);
    return switch (read.status()) {
      case 400, 422 -> said.contains("too many tokens") ? Kind.CONTEXT_LENGTH : read.kind();
      // A trial key's calls of a month: no second try helps.
      case 429 ->
          said.contains("trial key") && said.contains("month") ? Kind.OUT_OF_CREDIT : read.kind();
      // "A request or response contains a deny-listed token", Cohere's SDK says.
      case 498 -> Kind.CONTENT_POLICY;
      case 499 -> Kind.SERVER; // it closed the request itself
      default -> read.kind();
    };
  }
}
