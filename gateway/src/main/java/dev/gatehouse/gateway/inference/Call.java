package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.gateway.usage.Labels;
import dev.gatehouse.outbound.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one client asks, from its request to the end of its answer. Used by one thread.
 *
 * <p>The headers of its answers are those that LiteLLM's proxy sends, since dashboards and scripts
 * read them.
 */
final class Call {
  private static final Pattern BETA = Pattern.compile("[A-Za-z0-9-]+(, ?[A-Za-z0-9-]+){0,19}");

  private final String id;
  private final Operation operation;
  private final RequestScan request;
  private final ClientOptions options;
  private final @Nullable String anthropicBeta;
  private final Instant at;
  private final long begunNanos;
  private final Cancellation cancellation = new Cancellation();

  private int tries;
  private int fallbacks;
  private long sentNanos;
  private long waitedNanos;

  Call(
      String id,
      Operation operation,
      RequestScan request,
      ClientOptions options,
      @Nullable String anthropicBeta,
      Instant at,
      long begunNanos) {
    this.id = id;
    this.operation = operation;
    this.request = request;
    this.options = options;
    this.anthropicBeta = anthropicBeta;
    this.at = at;
    this.begunNanos = begunNanos;
  }

  /** What logs, usage and the client call it. */
  String id() {
    return id;
  }

  Operation operation() {
    return operation;
  }

  RequestScan request() {
    return request;
  }

  ClientOptions options() {
    return options;
  }

  /** When it came. */
  Instant at() {
    return at;
  }

  /** By what everything that is asked for it is broken off when its client leaves. */
  Cancellation cancellation() {
    return cancellation;
  }

  /** Notes that a deployment is asked. */
  void asking() {
    tries++;
    sentNanos = System.nanoTime();
  }

  /** Notes that a deployment's answer began, or that there is none. */
  void answeredAt() {
    if (sentNanos != 0) {
      waitedNanos += System.nanoTime() - sentNanos;
      sentNanos = 0;
    }
  }

  /** Notes that another model is asked. */
  void fallingBack() {
    fallbacks++;
  }

  /**
   * What a provider is told besides the body: of the client's own headers only those that choose
   * features of Anthropic's API, and none that says where, who or for whom.
   */
  Map<String, String> providerHeaders(ProviderType type) {
    if (type != ProviderType.ANTHROPIC) {
      return Map.of();
    }
    return anthropicBeta != null && BETA.matcher(anthropicBeta).matches()
        ? Map.of("anthropic-version", "2023-06-01", "anthropic-beta", anthropicBeta)
        : Map.of("anthropic-version", "2023-06-01");
  }

  /** How a deployment's answer came about, for the client. */
  Map<String, String> storyHeaders(Deployment deployment) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-litellm-model-id", deployment.id());
    headers.put("x-litellm-model-group", request.model());
    headers.put("x-litellm-attempted-retries", String.valueOf(Math.max(0, tries - 1 - fallbacks)));
    headers.put("x-litellm-attempted-fallbacks", String.valueOf(fallbacks));
    headers.put("x-litellm-overhead-duration-ms", millis(overheadNanos()));
    headers.put("x-litellm-response-duration-ms", millis(System.nanoTime() - begunNanos));
    return headers;
  }

  /**
   * What every answer has, errors too: its id, under the names where LiteLLM's clients, OpenAI's
   * SDK and Anthropic's look for it.
   */
  static Map<String, String> idHeaders(String id) {
    return Map.of("x-litellm-call-id", id, "x-request-id", id, "request-id", id);
  }

  private long overheadNanos() {
    return Math.max(0, System.nanoTime() - begunNanos - waitedNanos);
  }

  private static String millis(long nanos) {
    long micros = nanos / 1000;
    return micros / 1000 + "." + String.valueOf(1000 + micros % 1000).substring(1);
  }

  /**
   * What a client may say of how it is served.
   *
   * @param timeout null: the model's
   * @param retries null: the model's
   * @param labels for the usage
   */
  record ClientOptions(@Nullable Duration timeout, @Nullable Integer retries, Labels labels) {
    static final ClientOptions NONE = new ClientOptions(null, null, Labels.NONE);
  }
}
