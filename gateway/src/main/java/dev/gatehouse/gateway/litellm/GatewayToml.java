package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Settings.Fallback;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes {@code gatehouse.toml}, in the order of the YAML. */
final class GatewayToml {
  private final String source;
  private final Settings settings;
  private final boolean allowUnpriced;
  private final Map<Provider, String> names;
  private final Routing routing;
  private final TomlText toml = new TomlText();

  /**
   * @param source the file that it comes from, for a comment
   * @param allowUnpriced whether models without a price are to be called
   * @param names of the providers, in the order in which they are written
   */
  GatewayToml(
      String source,
      Settings settings,
      boolean allowUnpriced,
      Map<Provider, String> names,
      Routing routing) {
    this.source = source;
    this.settings = settings;
    this.allowUnpriced = allowUnpriced;
    this.names = names;
    this.routing = routing;
  }

  String write(List<Deployment> deployments) {
    toml.comment(
            "Written by gatehouse gateway import-litellm, from %s."
                .formatted(Printable.of(source, 100)))
        .comment(
            "Keys are references: env:NAME is a variable of the gateway's process; stored is what")
        .comment("gatehouse gateway provider set-key NAME has put into its encrypted store.")
        .blank();
    gateway();
    if (!names.isEmpty()) {
      toml.blank().comment("Who is asked, with which key.");
      names.forEach(this::provider);
    }
    if (!deployments.isEmpty()) {
      toml.blank()
          .comment("What clients ask for. Models of one name share its requests by their weights.");
      deployments.stream().filter(routing::isAsked).forEach(this::model);
    }
    return toml.toString();
  }

  private void gateway() {
    toml.table("[gateway]")
        .comment("LiteLLM listens at port 4000; with that port here, clients keep their base URL.")
        .put("listen", "127.0.0.1:8585")
        .put("admin-listen", "127.0.0.1:8586")
        .put("data", "gatehouse-gateway-data")
        .put("retries", settings.retries())
        .put("allowed-fails", settings.allowedFails())
        .put("cooldown", settings.cooldown())
        .put("default-fallbacks", routing.defaultFallbacks());
    if (settings.dropUnsupported()) {
      toml.put("drop-unsupported", true);
    }
    if (allowUnpriced) {
      toml.put("allow-unpriced", true);
    }
    if (!routing.aliases().isEmpty()) {
      toml.blank().comment("Other names of models.").table("[gateway.aliases]");
      routing.aliases().forEach(toml::put);
    }
  }

  private void provider(Provider provider, String name) {
    toml.blank()
        .table("[[gateway.provider]]")
        .put("name", name)
        .put("type", provider.type())
        .put("base-url", provider.baseUrl())
        .put("api-version", provider.apiVersion())
        .put("region", provider.region())
        .put("organization", provider.organization())
        .put("access-key-id", provider.accessKeyIdOf(name))
        .put(provider.accessKeyId() == null ? "api-key" : "secret-access-key", key(provider))
        .put("session-token", provider.sessionToken())
        .put("timeout", settings.timeout());
    if (provider.isPrivate()) {
      toml.put("allow-private-address", true);
    }
  }

  /** Ollama wants no key, unless it is said to. */
  private static @Nullable String key(Provider provider) {
    boolean isOllama = provider.type().equals("ollama");
    return isOllama && provider.key().equals(Provider.NO_KEY) ? null : provider.key();
  }

  private void model(Deployment deployment) {
    Provider provider = deployment.provider();
    Duration timeout = deployment.timeout();
    toml.blank()
        .table("[[gateway.model]]")
        .put("name", deployment.name())
        .put("provider", Objects.requireNonNull(names.get(provider)))
        .put("model", deployment.model())
        .put("input-price", deployment.price().input())
        .put("output-price", deployment.price().output())
        .put("cache-read-price", deployment.price().cacheRead())
        .put("cache-write-price", deployment.price().cacheWrite())
        .put("cache-write-long-price", deployment.price().cacheWriteLong())
        .put("weight", routing.weight(deployment))
        .put("requests-per-minute", limit(deployment.requestsPerMinute()))
        .put("tokens-per-minute", limit(deployment.tokensPerMinute()))
        .put(
            "retries",
            Objects.equals(deployment.retries(), settings.retries()) ? null : deployment.retries())
        .put("timeout", Objects.equals(timeout, settings.timeout()) ? null : timeout);
    for (Fallback kind : Fallback.values()) {
      toml.put(kind.ours(), routing.fallbacks(deployment.name(), kind));
    }
  }

  private static @Nullable Integer limit(@Nullable BigDecimal given) {
    if (given == null || given.signum() == 0) {
      return null;
    }
    return given
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }
}
