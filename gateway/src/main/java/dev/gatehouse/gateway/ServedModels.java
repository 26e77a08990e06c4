package dev.gatehouse.gateway;

import dev.gatehouse.gateway.admin.Catalogue;
import dev.gatehouse.gateway.routing.Health;
import dev.gatehouse.gateway.routing.ModelGroup;
import dev.gatehouse.gateway.routing.ModelTable;
import dev.gatehouse.gateway.secret.HeldKeys;
import dev.gatehouse.gateway.settings.ProviderSettings;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What administration is told of the models and providers that are in force now. */
final class ServedModels implements Catalogue {
  private final Supplier<ModelTable> table;
  private final Health health;
  private final HeldKeys keys;

  ServedModels(Supplier<ModelTable> table, Health health, HeldKeys keys) {
    this.table = table;
    this.health = health;
    this.keys = keys;
  }

  @Override
  public Set<String> models() {
    return table.get().names();
  }

  @Override
  public Set<String> providersOf(String model) {
    Set<String> providers = new TreeSet<>();
    collect(model, providers, new HashSet<>());
    return providers;
  }

  private void collect(String model, Set<String> providers, Set<String> seen) {
    Optional<ModelGroup> found = seen.add(model) ? table.get().find(model) : Optional.empty();
    if (found.isEmpty()) {
      return;
    }
    ModelGroup group = found.get();
    group.deployments().forEach(deployment -> providers.add(deployment.provider().name()));
    Stream.of(group.fallbacks(), group.contextWindowFallbacks(), group.contentPolicyFallbacks())
        .flatMap(List::stream)
        .forEach(fallback -> collect(fallback, providers, seen));
  }

  @Override
  public Set<String> providers() {
    return table.get().providers().stream()
        .map(ProviderSettings::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public List<Deployment> deployments() {
    Set<String> cooling = Set.copyOf(health.cooling());
    return table
        .get()
        .deployments()
        .map(deployment -> new Deployment(deployment.id(), !cooling.contains(deployment.id())))
        .distinct()
        .toList();
  }

  @Override
  public void providerKeyChanged(String provider) {
    keys.changed(provider);
  }
}
