package dev.gatehouse.gateway.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.gateway.secret.SecretException;
import dev.gatehouse.gateway.secret.StoredKeys;
import dev.gatehouse.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/providers} and what encrypts their keys: which providers have a stored key; a key
 * itself is only ever taken.
 */
final class ProvidersEndpoint {
  private static final int LONGEST_KEY = 8000;

  private final StoredKeys stored;
  private final Catalogue catalogue;

  ProvidersEndpoint(StoredKeys stored, Catalogue catalogue) {
    this.stored = stored;
    this.catalogue = catalogue;
  }

  AdminAnswer list(AdminRequest request) {
    Map<String, Instant> set = stored.stored();
    List<Map<String, @Nullable Object>> providers =
        catalogue.providers().stream().sorted().map(name -> described(name, set)).toList();
    return AdminAnswer.json(200, Map.of("providers", providers));
  }

  private static Map<String, @Nullable Object> described(String name, Map<String, Instant> set) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", name);
    Instant at = set.get(name);
    members.put("key-stored", at == null ? null : at.toString());
    return members;
  }

  AdminAnswer setKey(AdminRequest request) throws IOException {
    String provider = request.segment(2);
    if (!catalogue.providers().contains(provider)) {
      throw AdminProblem.missing(
          "provider", provider, "Name it in the configuration first: [[gateway.provider]]");
    }
    String key = JsonBody.of(request, Set.of("key")).text("key", LONGEST_KEY);
    if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw AdminProblem.invalid("key", "one line of printable ASCII without blanks");
    }
    stored.set(provider, key.getBytes(US_ASCII), request.known().name());
    catalogue.providerKeyChanged(provider);
    return AdminAnswer.nothing();
  }

  /** Also for a provider that the configuration no longer names: its key is to go, too. */
  AdminAnswer deleteKey(AdminRequest request) {
    String provider = request.segment(2);
    if (!stored.delete(provider, request.known().name())) {
      throw AdminProblem.missing(
          "stored-key", provider, "List them: gatehouse gateway provider list");
    }
    catalogue.providerKeyChanged(provider);
    return AdminAnswer.nothing();
  }

  /** The keys themselves stay: none has to be read anew. */
  AdminAnswer rotateKeyEncryptionKey(AdminRequest request) {
    JsonBody.of(request, Set.of());
    try {
      return AdminAnswer.json(200, Map.of("wrapped-anew", stored.rotate(request.known().name())));
    } catch (SecretException | StoreException e) {
      throw new AdminProblem(
          500,
          "not-rotated",
          "The key-encryption key was not rotated",
          String.valueOf(e.getMessage()),
          "Whatever could be read before still can be. Mend this, and rotate again.");
    }
  }
}
