package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds what can be asked. */
final class Models {
  private final List<ModelSettings> models = new ArrayList<>();
  private final Map<String, String> aliases = new HashMap<>();
  private List<String> defaults = List.of();

  Models model(String name, String provider, String model) {
    return model(name, provider, model, 1, null, List.of());
  }

  Models model(
      String name,
      String provider,
      String model,
      int weight,
      @org.jspecify.annotations.Nullable Integer requestsPerMinute,
      List<String> fallbacks) {
    models.add(
        new ModelSettings(
            name,
            provider,
            model,
            null,
            null,
            null,
            weight,
            requestsPerMinute,
            null,
            fallbacks,
            List.of(),
            List.of()));
    return this;
  }

  Models alias(String name, String model) {
    aliases.put(name, model);
    return this;
  }

  Models defaultFallbacks(String... names) {
    defaults = List.of(names);
    return this;
  }

  ModelTable table() {
    return new ModelTable(
        new GatewaySettings.Models(
            List.of(provider("one"), provider("two")),
            models,
            aliases,
            0,
            0,
            Duration.ofSeconds(5),
            defaults,
            false,
            false,
            1 << 20));
  }

  private static ProviderSettings provider(String name) {
    return new ProviderSettings(
        name,
        ProviderType.OPENAI,
        URI.create("https://" + name + ".example/v1"),
        null,
        Duration.ofSeconds(60),
        false,
        null,
        true,
        null,
        null,
        null);
  }
}
