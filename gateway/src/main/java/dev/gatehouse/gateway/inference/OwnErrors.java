package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.budget.Grant;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.price.NanoUsd;
import dev.gatehouse.gateway.routing.Deployment;
import org.jspecify.annotations.Nullable;

/** The gateway's own refusals: what was tried, what is wrong, what to do. */
final class OwnErrors {
  private OwnErrors() {}

  static ProviderError noKey() {
    return error(
        401,
        Kind.AUTHENTICATION,
        "invalid_api_key",
        null,
        "This gateway wants a virtual key, in Authorization: Bearer, x-api-key or api-key. Ask whoever runs it for one (gatehouse gateway key add NAME).");
  }

  static ProviderError unusableKey() {
    return error(
        401,
        Kind.AUTHENTICATION,
        "invalid_api_key",
        null,
        "This key is not one that this gateway takes. Ask whoever runs it for one (gatehouse gateway key add NAME).");
  }

  static ProviderError endpointNotAllowed(String endpoint) {
    return error(
        403,
        Kind.PERMISSION,
        "endpoint_not_allowed",
        null,
        "This key is not for %s. Ask whoever runs this gateway for another.".formatted(endpoint));
  }

  static ProviderError modelNotAllowed(String model) {
    return error(
        403,
        Kind.PERMISSION,
        "model_not_allowed",
        "model",
        "This key is not for the model %s. Ask whoever runs this gateway for another."
            .formatted(RequestScan.printable(model)));
  }

  static ProviderError noSuchModel(String model, boolean nothingConfigured) {
    return error(
        404,
        Kind.NOT_FOUND,
        "model_not_found",
        "model",
        nothingConfigured
            ? "This gateway has no provider yet. Whoever runs it adds one to gatehouse.toml, for example: [[gateway.provider]] name = \"openai\", type = \"openai\", api-key = \"env:OPENAI_API_KEY\"; then models are asked as openai/MODEL."
            : "There is no model %s here. Ask for one of those that GET /v1/models lists, or for PROVIDER/MODEL."
                .formatted(RequestScan.printable(model)));
  }

  static ProviderError unpriced(Deployment deployment) {
    return error(
        403,
        Kind.PERMISSION,
        "model_without_price",
        "model",
        "The model %s has no price, so that no budget could hold. Whoever runs this gateway sets input-price and output-price in its [[gateway.model]], or allow-unpriced = true in [gateway]."
            .formatted(deployment.id()));
  }

  static ProviderError strangeField(String field) {
    return error(
        400,
        Kind.INVALID_REQUEST,
        "field_not_allowed",
        field,
        "A client cannot choose the provider's address, key or headers: take \"%s\" out of the body."
            .formatted(field));
  }

  static ProviderError unfit(String message) {
    return error(400, Kind.INVALID_REQUEST, "invalid_body", null, message);
  }

  static ProviderError tooSlow() {
    return error(
        400,
        Kind.INVALID_REQUEST,
        "request_too_slow",
        null,
        "The body comes too slowly to be read to its end. Try again over a better connection, or send less.");
  }

  static ProviderError tooLarge(int most) {
    return error(
        413,
        Kind.TOO_LARGE,
        "request_too_large",
        null,
        "The body is larger than %d bytes, the most that this gateway takes. Send less, or have largest-request raised."
            .formatted(most));
  }

  static ProviderError noSuchPlace(String path) {
    return error(
        404,
        Kind.NOT_FOUND,
        "not_found",
        null,
        "There is nothing at %s. Set the client's base URL to this gateway's address with /v1."
            .formatted(RequestScan.printable(path)));
  }

  static ProviderError wrongMethod(String methods) {
    return error(
        405, Kind.INVALID_REQUEST, "method_not_allowed", null, "Use " + methods + " here.");
  }

  static ProviderError cannot(Operation operation, Deployment deployment) {
    return error(
        400,
        Kind.INVALID_REQUEST,
        "unsupported",
        "model",
        "The provider of %s, %s, cannot do this (%s). Ask for a model of another provider."
            .formatted(
                deployment.id(),
                deployment.provider().type().text(),
                operation.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
  }

  static ProviderError allDown(String model) {
    return error(
        503,
        Kind.OVERLOADED,
        "no_deployment",
        null,
        "Every deployment of %s failed lately or is at its limit. Try again later."
            .formatted(RequestScan.printable(model)));
  }

  static ProviderError failed() {
    return error(
        500,
        Kind.SERVER,
        "internal",
        null,
        "The gateway failed in a way that it should not. Whoever runs it finds the reason in its log.");
  }

  /** What a budget or a rate refused. A spent budget never looks as if another try could help. */
  static ProviderError refused(Grant.Refused refused) {
    String whose = refused.account().kind().text();
    return switch (refused) {
      case Grant.Spent spent ->
          error(
              402,
              Kind.OUT_OF_CREDIT,
              "budget_exceeded",
              null,
              "The budget of this %s is spent: %s of %s USD%s. Ask whoever runs this gateway for more."
                  .formatted(
                      whose,
                      NanoUsd.text(spent.spent()),
                      NanoUsd.text(spent.budget().nanoUsd()),
                      spent.resets().map(at -> "; it begins anew at " + at).orElse("")));
      case Grant.Busy _ ->
          error(
              429,
              Kind.RATE_LIMIT,
              "budget_busy",
              null,
              "Other calls hold what is left of the budget of this %s. Try again when they are done."
                  .formatted(whose));
      case Grant.TooFast fast ->
          error(
              429,
              Kind.RATE_LIMIT,
              "rate_limit_exceeded",
              null,
              "This %s may use %d %s a minute. Try again later."
                  .formatted(
                      whose,
                      fast.perMinute(),
                      fast.rate().name().toLowerCase(java.util.Locale.ROOT)));
      case Grant.TooManyAtOnce many ->
          error(
              429,
              Kind.RATE_LIMIT,
              "concurrency_exceeded",
              null,
              "This %s may have %d calls at once. Try again when one is done."
                  .formatted(whose, many.most()));
    };
  }

  static ProviderError unrecordable() {
    return error(
        503,
        Kind.OVERLOADED,
        "usage_unrecordable",
        null,
        "The gateway cannot write down what is used, so it lets nothing be used. Whoever runs it finds the reason in its log.");
  }

  private static ProviderError error(
      int status, Kind kind, String code, @Nullable String field, String message) {
    return new ProviderError(status, kind, code, field, message);
  }
}
