package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.provider.KeyUnavailableException;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a try that failed means: to the client, to the deployment, and for the next try. */
final class Failures {
  private static final Logger LOG = System.getLogger(Failures.class.getName());

  private static final int MOST_ERROR_BYTES = 64 << 10;

  /** Longer waits are the client's to decide on. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

  private Failures() {}

  /** An answer whose status is an error's. */
  static Outcome.Failed ofStatus(
      Deployment deployment,
      OutboundResponse response,
      BiFunction<Integer, byte[], ProviderError> reading) {
    byte[] body;
    try {
      body = response.body().readNBytes(MOST_ERROR_BYTES);
    } catch (IOException e) {
      // That it is an error is known; why would only have been said in what broke off.
      body = new byte[0];
    }
    ProviderError error = reading.apply(response.status(), body);
    if (error.kind() == Kind.AUTHENTICATION || error.kind() == Kind.PERMISSION) {
      LOG.log(
          Level.ERROR,
          "The provider {0} does not take the gateway''s key: status {1}, {2}",
          deployment.provider().name(),
          response.status(),
          error.message());
      error =
          new ProviderError(
              error.status(),
              error.kind(),
              error.code(),
              null,
              "The provider %s does not take the gateway's key. Your own key is fine; tell whoever runs the gateway."
                  .formatted(deployment.provider().name()));
    }
    return new Outcome.Failed(error, retryAfter(response), isOwnFault(error.kind()));
  }

  private static @Nullable Duration retryAfter(OutboundResponse response) {
    String text =
        response
            .header("retry-after-ms")
            .map(ms -> ms + "m")
            .or(() -> response.header("Retry-After").map(String::strip))
            .orElse("");
    try {
      boolean millis = text.endsWith("m");
      double number = Double.parseDouble(millis ? text.substring(0, text.length() - 1) : text);
      double seconds = millis ? number / 1000 : number;
      return seconds >= 0 && seconds <= LONGEST_RETRY_AFTER.toSeconds()
          ? Duration.ofMillis((long) (seconds * 1000))
          : null;
    } catch (NumberFormatException aDateOrNothing) {
      return null;
    }
  }

  private static boolean isOwnFault(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, TOO_LARGE, CONTEXT_LENGTH, CONTENT_POLICY -> false;
      case AUTHENTICATION, PERMISSION, NOT_FOUND, RATE_LIMIT, OUT_OF_CREDIT, OVERLOADED -> true;
      case TIMEOUT, SERVER -> true;
    };
  }

  /** No answer, or none that could be read to its end. */
  static Outcome.Failed ofTransport(Deployment deployment, IOException failure) {
    boolean cancelled =
        failure instanceof OutboundException e && e.code() == OutboundException.Code.CANCELLED;
    // That a client left is not its provider's failure.
    LOG.log(
        cancelled ? Level.DEBUG : Level.WARNING,
        "{0} failed: {1}",
        deployment.id(),
        failure.getMessage());
    if (failure instanceof KeyUnavailableException) {
      return failed(
          500,
          Kind.SERVER,
          "The gateway has no key for the provider %s. Tell whoever runs the gateway."
              .formatted(deployment.provider().name()));
    }
    if (failure instanceof OutboundException e && e.code() == OutboundException.Code.TIMEOUT) {
      return failed(
          504,
          Kind.TIMEOUT,
          "The provider %s did not answer in time.".formatted(deployment.provider().name()));
    }
    String problem =
        failure instanceof OutboundException e ? e.problem() : "the connection to it failed";
    return failed(
        502,
        Kind.SERVER,
        "The provider %s gave no answer: %s.".formatted(deployment.provider().name(), problem));
  }

  /** An error within a stream of which the client has seen nothing. */
  static Outcome.Failed ofError(ProviderError error) {
    return new Outcome.Failed(error, null, isOwnFault(error.kind()));
  }

  /** An answer that is not of its format. */
  static Outcome.Failed ofAnswer(Deployment deployment, String problem) {
    LOG.log(Level.WARNING, "{0} failed: {1}", deployment.id(), problem);
    return failed(
        502,
        Kind.SERVER,
        "The provider %s gave an answer that cannot be read: %s."
            .formatted(deployment.provider().name(), problem));
  }

  private static Outcome.Failed failed(int status, Kind kind, String message) {
    return new Outcome.Failed(new ProviderError(status, kind, null, null, message), null, true);
  }

  /** A request that this provider cannot be asked. */
  static Outcome.Failed ofRequest(UntranslatableException e) {
    return new Outcome.Failed(
        new ProviderError(
            400,
            Kind.INVALID_REQUEST,
            "unsupported",
            e.field().isEmpty() ? null : e.field(),
            String.valueOf(e.getMessage())),
        null,
        false);
  }
}
