package dev.gatehouse.gateway.key;

import dev.gatehouse.outbound.Secret;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All keys as they were at a moment; replaced whole when one changes. */
final class KeyRing {
  /**
   * A token and what it opens.
   *
   * @param dies when it ends, where another has taken its place; null: it is the key's own
   */
  record Held(VirtualKey key, @Nullable Instant dies) {}

  private final Map<TokenHash, Held> byToken;
  private final Map<String, VirtualKey> byName = new HashMap<>();

  KeyRing(List<VirtualKey> keys, Map<TokenHash, Held> byToken) {
    this.byToken = Map.copyOf(byToken);
    keys.forEach(key -> byName.put(key.name(), key));
  }

  List<VirtualKey> all() {
    return List.copyOf(byName.values());
  }

  Optional<VirtualKey> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<VirtualKey> of(Secret token) {
    return Optional.ofNullable(byToken.get(TokenHash.of(token))).map(Held::key);
  }

  Admission admit(
      Secret token,
      InetAddress from,
      Endpoint endpoint,
      @Nullable String model,
      Instant now,
      KeyWatch watch) {
    // What is looked up is a hash of 256 unknown bits: its timing tells nothing of the token.
    Held held = byToken.get(TokenHash.of(token));
    if (held == null) {
      watch.refused(KeyWatch.Cause.UNKNOWN, null, from, now);
      return new Admission.Unusable();
    }
    VirtualKey key = held.key();
    if (key.terms().decoy() && key.revocation() == null) {
      watch.decoyUsed(key, from, endpoint, now);
      return new Admission.Unusable();
    }
    Scope scope = key.terms().scope();
    Optional<KeyWatch.Cause> cause = cause(held, from, now);
    if (cause.isPresent()) {
      watch.refused(cause.get(), key, from, now);
      return new Admission.Unusable();
    }
    if (!scope.allows(endpoint)) {
      return new Admission.EndpointNotAllowed(key, endpoint);
    }
    return model == null || scope.allowsModel(model)
        ? new Admission.Admitted(key)
        : new Admission.ModelNotAllowed(key, model);
  }

  private static Optional<KeyWatch.Cause> cause(Held held, InetAddress from, Instant now) {
    VirtualKey key = held.key();
    if (key.revocation() != null || (held.dies() != null && !held.dies().isAfter(now))) {
      return Optional.of(KeyWatch.Cause.REVOKED);
    }
    if (key.terms().scope().isOver(now)) {
      return Optional.of(KeyWatch.Cause.EXPIRED);
    }
    return key.terms().scope().allows(from)
        ? Optional.empty()
        : Optional.of(KeyWatch.Cause.ADDRESS);
  }
}
