package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import java.time.Duration;

/**
 * A model at a provider.
 *
 * @param settings of the entry that it comes from
 * @param model what the provider calls it
 */
public record Deployment(ProviderSettings provider, ModelSettings settings, String model) {
  /** How it is known in logs, metrics and answers: {@code PROVIDER/MODEL}. */
  public String id() {
    return provider.name() + "/" + model;
  }

  /** How long its answer, or a silence in a streamed one, may take. */
  public Duration timeout() {
    return settings.timeout() == null ? provider.timeout() : settings.timeout();
  }
}
