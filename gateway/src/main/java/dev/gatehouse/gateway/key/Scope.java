package dev.gatehouse.gateway.key;

import dev.gatehouse.inbound.AddressRange;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be used for.
 *
 * @param models as clients call them, word for word; empty: all
 * @param endpoints empty: all
 * @param addresses where it may be used from; empty: everywhere
 * @param expires when it ends; null: never
 */
public record Scope(
    Set<String> models,
    Set<Endpoint> endpoints,
    List<AddressRange> addresses,
    @Nullable Instant expires) {
  public static final Scope ALL = new Scope(Set.of(), Set.of(), List.of(), null);

  private static final int MOST_MODELS = 1000;
  private static final int LONGEST_MODEL = 300;

  public Scope {
    models = Set.copyOf(models);
    endpoints = Set.copyOf(endpoints);
    addresses = List.copyOf(addresses);
    if (models.size() > MOST_MODELS || addresses.size() > MOST_MODELS) {
      throw new IllegalArgumentException("a key names at most " + MOST_MODELS + " of a kind");
    }
    if (!models.stream().allMatch(Scope::isModel)) {
      throw new IllegalArgumentException(
          "a model's name has 1 to " + LONGEST_MODEL + " characters and no line end");
    }
  }

  private static boolean isModel(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_MODEL
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Whether a model of this name may be asked. */
  public boolean allowsModel(String name) {
    return models.isEmpty() || models.contains(name);
  }

  boolean allows(Endpoint endpoint) {
    return endpoints.isEmpty() || endpoints.contains(endpoint);
  }

  boolean allows(InetAddress address) {
    return addresses.isEmpty() || addresses.stream().anyMatch(range -> range.contains(address));
  }

  boolean isOver(Instant now) {
    return expires != null && !expires.isAfter(now);
  }
}
