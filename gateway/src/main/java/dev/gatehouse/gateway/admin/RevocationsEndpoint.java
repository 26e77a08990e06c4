package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.key.IndexClient;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.VirtualKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/revocations}: the index, or whoever else has a revoker's token, revokes the keys of
 * clients that received a bad version, and hears which providers' keys those could have used.
 */
final class RevocationsEndpoint {
  private static final int LONGEST_REASON = 1000;
  private static final int MOST_CLIENTS = 10_000;

  private final Keys keys;
  private final Catalogue catalogue;

  RevocationsEndpoint(Keys keys, Catalogue catalogue) {
    this.keys = keys;
    this.catalogue = catalogue;
  }

  AdminAnswer revoke(AdminRequest request) {
    JsonBody body = JsonBody.of(request, Set.of("clients", "reason"));
    List<IndexClient> clients = clients(body.get("clients"));
    String reason = body.text("reason", LONGEST_REASON);
    List<VirtualKey> revoked = keys.revokeAllOfClients(clients, reason, request.known().name());
    Set<String> providers = new TreeSet<>();
    List<Map<String, @Nullable Object>> described = new ArrayList<>();
    for (VirtualKey key : revoked) {
      Set<String> models = models(key);
      Set<String> theirs = new TreeSet<>();
      models.forEach(model -> theirs.addAll(catalogue.providersOf(model)));
      if (key.terms().scope().models().isEmpty()) {
        // It may name any model of any provider, also those that are in no list.
        theirs.addAll(catalogue.providers());
      }
      providers.addAll(theirs);
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("id", key.id().toString());
      members.put("name", key.name());
      members.put("client", KeyDocument.client(key.terms().client()));
      members.put("decoy", key.terms().decoy());
      members.put("models", models);
      members.put("providers", theirs);
      described.add(members);
    }
    return AdminAnswer.json(200, Map.of("revoked", described, "providers", providers));
  }

  private Set<String> models(VirtualKey key) {
    Set<String> models = key.terms().scope().models();
    return new TreeSet<>(models.isEmpty() ? catalogue.models() : models);
  }

  private static List<IndexClient> clients(JsonNode list) {
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_CLIENTS) {
      throw AdminProblem.invalid("clients", "a list of 1 to " + MOST_CLIENTS + " clients");
    }
    List<IndexClient> clients = new ArrayList<>();
    list.forEach(node -> clients.add(KeyBody.client(node)));
    return clients;
  }
}
