package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clients can ask for. A name is looked up as an alias, as a model of that name, as one whose
 * name ends in an asterisk, and as {@code PROVIDER/MODEL} or {@code PROVIDER:MODEL}, in this order.
 */
public final class ModelTable {
  private final Map<String, ProviderSettings> providers = new LinkedHashMap<>();
  private final Map<String, List<ModelSettings>> models = new LinkedHashMap<>();
  private final Map<String, ModelGroup> named = new HashMap<>();
  private final Map<String, String> aliases;
  private final List<String> defaultFallbacks;

  /**
   * Makes the table.
   *
   * @throws IllegalArgumentException where a model names a provider that there is not
   */
  public ModelTable(GatewaySettings.Models settings) {
    settings.providers().forEach(provider -> providers.put(provider.name(), provider));
    for (ModelSettings model : settings.models()) {
      if (!providers.containsKey(model.provider())) {
        throw new IllegalArgumentException(
            "the model %s names the provider %s, which there is not"
                .formatted(model.name(), model.provider()));
      }
      models.computeIfAbsent(model.name(), _ -> new ArrayList<>()).add(model);
    }
    aliases = settings.aliases();
    defaultFallbacks = settings.defaultFallbacks();
    models.forEach((name, entries) -> named.put(name, group(name, entries, ModelSettings::model)));
  }

  /** Whether nothing at all can be asked. */
  public boolean isEmpty() {
    return providers.isEmpty();
  }

  /** The providers, in the order of the configuration. */
  public List<ProviderSettings> providers() {
    return List.copyOf(providers.values());
  }

  /** What clients can be told that there is: names and aliases, without patterns. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    models.keySet().stream().filter(name -> !isPattern(name)).forEach(names::add);
    names.addAll(aliases.keySet());
    return names;
  }

  /** What answers to a name; empty: nothing does. */
  public Optional<ModelGroup> find(String asked) {
    String name = aliases.getOrDefault(asked, asked);
    ModelGroup exact = named.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return byPattern(name).or(() -> byProvider(name, '/')).or(() -> byProvider(name, ':'));
  }

  private static boolean isPattern(String name) {
    return name.endsWith("*");
  }

  /** The longest pattern that fits is the one that was meant. */
  private Optional<ModelGroup> byPattern(String name) {
    String best = null;
    for (String pattern : models.keySet()) {
      boolean fits = isPattern(pattern) && name.startsWith(stem(pattern));
      if (fits && (best == null || pattern.length() > best.length())) {
        best = pattern;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    String rest = name.substring(stem(best).length());
    return Optional.of(
        group(
            name,
            models.getOrDefault(best, List.of()),
            model -> isPattern(model.model()) ? stem(model.model()) + rest : model.model()));
  }

  private static String stem(String pattern) {
    return pattern.substring(0, pattern.length() - 1);
  }

  private Optional<ModelGroup> byProvider(String name, char separator) {
    int at = name.indexOf(separator);
    ProviderSettings provider = at < 1 ? null : providers.get(name.substring(0, at));
    String model = name.substring(at + 1);
    if (provider == null || model.isEmpty()) {
      return Optional.empty();
    }
    ModelSettings direct =
        new ModelSettings(
            name,
            provider.name(),
            model,
            pricesOf(provider, model),
            null,
            null,
            1,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    return Optional.of(group(name, List.of(direct), ModelSettings::model));
  }

  /** A model costs the same by whichever name it is asked. */
  private ModelSettings.@Nullable Prices pricesOf(ProviderSettings provider, String model) {
    return models.values().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.provider().equals(provider.name()) && entry.model().equals(model))
        .map(ModelSettings::prices)
        .filter(prices -> prices != null)
        .findFirst()
        .orElse(null);
  }

  private ModelGroup group(
      String name, List<ModelSettings> entries, Function<ModelSettings, String> model) {
    List<Deployment> deployments =
        entries.stream()
            .map(entry -> new Deployment(provider(entry), entry, model.apply(entry)))
            .toList();
    List<String> fallbacks = all(entries, ModelSettings::fallbacks);
    return new ModelGroup(
        name,
        deployments,
        fallbacks.isEmpty() ? others(name, defaultFallbacks) : others(name, fallbacks),
        others(name, all(entries, ModelSettings::contextWindowFallbacks)),
        others(name, all(entries, ModelSettings::contentPolicyFallbacks)));
  }

  private ProviderSettings provider(ModelSettings entry) {
    ProviderSettings provider = providers.get(entry.provider());
    if (provider == null) {
      throw new IllegalStateException("checked when the table was made");
    }
    return provider;
  }

  private static List<String> all(
      List<ModelSettings> entries, Function<ModelSettings, List<String>> list) {
    return entries.stream().map(list).flatMap(List::stream).distinct().toList();
  }

  private static List<String> others(String name, List<String> fallbacks) {
    return fallbacks.stream().filter(fallback -> !fallback.equals(name)).toList();
  }

  /** Every deployment that the configuration names without a pattern. */
  public Stream<Deployment> deployments() {
    return models.values().stream()
        .flatMap(List::stream)
        .filter(entry -> !isPattern(entry.name()))
        .map(entry -> new Deployment(provider(entry), entry, entry.model()));
  }
}
