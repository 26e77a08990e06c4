package dev.gatehouse.gateway.provider;

import dev.gatehouse.gateway.dialect.bedrock.AwsCredentials;
import dev.gatehouse.gateway.dialect.bedrock.SignatureV4;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderSettings.Aws;
import dev.gatehouse.outbound.Cancellation;
import dev.gatehouse.outbound.Credentials;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends requests to providers, each with its provider's key. Safe for many threads. */
public final class ProviderClient {
  private static final String JSON = "application/json";
  private static final String AUTHORIZATION = "authorization";

  /** A whole answer with images in it has some tens of megabytes. */
  private static final long MOST_WHOLE_BYTES = 64L << 20;

  private final Outbound outbound;
  private final KeySource keys;
  private final InstantSource clock;
  private final StreamBounds bounds;

  public ProviderClient(
      Outbound outbound, KeySource keys, InstantSource clock, StreamBounds bounds) {
    this.outbound = outbound;
    this.keys = keys;
    this.clock = clock;
    this.bounds = bounds;
  }

  /**
   * Asks a provider. Its answer's body holds the key nowhere, whatever the provider sent.
   *
   * @param timeout how long a whole answer may take; of a streamed one, each silence in it
   * @param cancellation by what it is broken off before
   * @throws dev.gatehouse.outbound.OutboundException where there is no answer
   * @throws KeyUnavailableException where the key cannot be had
   */
  public OutboundResponse send(
      ProviderSettings provider,
      ProviderRequest request,
      Duration timeout,
      Cancellation cancellation)
      throws IOException {
    URI uri = URI.create(provider.baseUrl() + request.path());
    Origin origin = Origin.of(provider.baseUrl());
    if (!Origin.of(uri).equals(origin)) {
      throw new IllegalArgumentException("a provider is asked at its own origin alone");
    }
    OutboundRequest.Builder builder =
        OutboundRequest.to("POST", uri)
            .redirects(false)
            .cancellation(cancellation)
            .limits(
                request.isStreamed()
                    ? Limits.unpaced(bounds.longest(), timeout, timeout, bounds.mostBytes())
                    : Limits.unpaced(timeout, timeout, timeout, MOST_WHOLE_BYTES))
            .body(request.body(), JSON);
    if (provider.privateAddress()) {
      builder.named(origin);
    }
    request.headers().forEach(builder::header);
    if (provider.organization() != null) {
      builder.header("OpenAI-Organization", provider.organization());
    }
    if (provider.project() != null) {
      builder.header("OpenAI-Project", provider.project());
    }
    List<Secret> secrets = new ArrayList<>();
    if (provider.aws() != null) {
      secrets.addAll(sign(provider, provider.aws(), uri, origin, request, builder));
    } else if (provider.key() != null) {
      Secret key = key(provider, provider.key());
      secrets.add(key);
      builder.credentials(credentials(provider, origin, key));
    }
    return new ErasedResponse(outbound.send(builder.build()), secrets);
  }

  private static Credentials credentials(ProviderSettings provider, Origin origin, Secret key) {
    return switch (provider.type()) {
      case OPENAI, MISTRAL, OLLAMA, COHERE, BEDROCK -> Credentials.bearer(origin, key);
      case AZURE -> new Credentials(origin, "api-key", key);
      case ANTHROPIC -> new Credentials(origin, "x-api-key", key);
      case GEMINI -> new Credentials(origin, "x-goog-api-key", key);
    };
  }

  /** Signs, and says with which secrets. */
  private List<Secret> sign(
      ProviderSettings provider,
      Aws aws,
      URI uri,
      Origin origin,
      ProviderRequest request,
      OutboundRequest.Builder builder)
      throws KeyUnavailableException {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(key(provider, aws.accessKeyId()));
    secrets.add(key(provider, aws.secretAccessKey()));
    if (aws.sessionToken() != null) {
      secrets.add(key(provider, aws.sessionToken()));
    }
    AwsCredentials credentials =
        new AwsCredentials(
            secrets.get(0).reveal(), secrets.get(1), secrets.size() < 3 ? null : secrets.get(2));
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("content-type", JSON);
    new SignatureV4(credentials, aws.region(), "bedrock")
        .sign("POST", uri, headers, request.body(), clock.instant())
        .forEach(
            (name, value) -> {
              if (name.equals(AUTHORIZATION)) {
                builder.credentials(new Credentials(origin, AUTHORIZATION, Secret.of(value)));
              } else {
                builder.header(name, value);
              }
            });
    return secrets;
  }

  private Secret key(ProviderSettings provider, KeyReference reference)
      throws KeyUnavailableException {
    try {
      return keys.get(provider.name(), reference);
    } catch (IOException e) {
      throw new KeyUnavailableException(
          "the key of the provider %s (%s) cannot be had: %s"
              .formatted(provider.name(), reference, e.getMessage()),
          e);
    }
  }
}
