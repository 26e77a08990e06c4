package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owner;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.VirtualKey;
import java.util.Map;
import java.util.Set;

/** {@code /api/users} or {@code /api/teams}: what keys belong to. */
final class OwnersEndpoint {
  private final Kind kind;
  private final Owners owners;
  private final Keys keys;
  private final KeyDocument document;

  OwnersEndpoint(Kind kind, Owners owners, Keys keys, KeyDocument document) {
    this.kind = kind;
    this.owners = owners;
    this.keys = keys;
    this.document = document;
  }

  AdminAnswer list(AdminRequest request) {
    return AdminAnswer.json(
        200, Map.of(kind.text() + "s", owners.all(kind).stream().map(document::of).toList()));
  }

  AdminAnswer add(AdminRequest request) {
    JsonBody body = JsonBody.of(request, KeyBody.union(KeyBody.LIMITS, Set.of("name")));
    String name = KeyBody.name(body);
    Owner owner =
        owners
            .add(kind, name, KeyBody.limits(body), request.known().name())
            .orElseThrow(() -> AdminProblem.taken(kind.text(), name));
    return AdminAnswer.json(201, document.of(owner));
  }

  AdminAnswer show(AdminRequest request) {
    return AdminAnswer.json(200, document.of(find(request)));
  }

  /** All limits are replaced: those that the request does not name are none from then on. */
  AdminAnswer change(AdminRequest request) {
    JsonBody body = JsonBody.of(request, KeyBody.LIMITS);
    owners.change(find(request), KeyBody.limits(body), request.known().name());
    return AdminAnswer.json(200, document.of(find(request)));
  }

  /** Its keys are revoked with it where {@code revoke-keys=true} asks for that. */
  AdminAnswer remove(AdminRequest request) {
    String name = request.segment(2);
    return switch (keys.removeOwner(kind, name, revokeKeys(request), request.known().name())) {
      case Keys.Removed.Owner removed ->
          AdminAnswer.json(
              200,
              Map.of(
                  "name",
                  name,
                  "revoked",
                  removed.revoked().stream().map(VirtualKey::name).toList()));
      case Keys.Removed.NoOwner _ -> throw missing(name);
      case Keys.Removed.HasKeys has -> throw hasKeys(name, has.keys().size());
    };
  }

  private static boolean revokeKeys(AdminRequest request) {
    Map<String, String> query = request.query();
    String word = query.getOrDefault("revoke-keys", "false");
    if (query.size() > (query.containsKey("revoke-keys") ? 1 : 0)
        || !Set.of("true", "false").contains(word)) {
      throw AdminProblem.invalid("query", "nothing, or revoke-keys=true");
    }
    return word.equals("true");
  }

  private AdminProblem hasKeys(String name, int keys) {
    return new AdminProblem(
        409,
        kind.text() + "-has-keys",
        "The %s %s still has %s"
            .formatted(
                kind.text(), name, keys == 1 ? "a key that works" : keys + " keys that work"),
        "Nothing was removed.",
        "Revoke what it has, or remove it with --revoke-keys (revoke-keys=true), which does both at once.");
  }

  private Owner find(AdminRequest request) {
    String name = request.segment(2);
    return owners.named(kind, name).orElseThrow(() -> missing(name));
  }

  private AdminProblem missing(String name) {
    return AdminProblem.missing(
        kind.text(), name, "List them: gatehouse gateway " + kind.text() + " list");
  }
}
