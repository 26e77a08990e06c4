package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.key.KeyTerms;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.outbound.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/keys}: the virtual keys. */
final class KeysEndpoint {
  private static final int LONGEST_REASON = 1000;
  private static final long LONGEST_GRACE = Duration.ofDays(30).toSeconds();

  private final Keys keys;
  private final Owners owners;
  private final KeyDocument document;

  KeysEndpoint(Keys keys, Owners owners, KeyDocument document) {
    this.keys = keys;
    this.owners = owners;
    this.document = document;
  }

  AdminAnswer list(AdminRequest request) {
    return AdminAnswer.json(200, Map.of("keys", keys.all().stream().map(document::of).toList()));
  }

  AdminAnswer add(AdminRequest request) {
    JsonBody body = JsonBody.of(request, KeyBody.KEY);
    Keys.Added.Key added = added(keys, KeyBody.terms(body, owners), request.known().name());
    Map<String, @Nullable Object> members = document.of(added.key());
    members.put("key", added.token().reveal());
    return AdminAnswer.json(201, members);
  }

  static Keys.Added.Key added(Keys keys, KeyTerms terms, String actor) {
    return switch (keys.add(terms, actor)) {
      case Keys.Added.Key key -> key;
      case Keys.Added.NameTaken _ -> throw AdminProblem.taken("key", terms.name());
      case Keys.Added.NoOwner none ->
          throw AdminProblem.missing(none.kind().text(), "of this key", "Add it first.");
    };
  }

  AdminAnswer show(AdminRequest request) {
    return AdminAnswer.json(200, document.of(find(request)));
  }

  private VirtualKey find(AdminRequest request) {
    String name = request.segment(2);
    return keys.named(name).orElseThrow(() -> missing(name));
  }

  private static AdminProblem missing(String name) {
    return AdminProblem.missing("key", name, "List them: gatehouse gateway key list");
  }

  AdminAnswer revoke(AdminRequest request) {
    JsonBody body = JsonBody.of(request, Set.of("reason"));
    VirtualKey key = find(request);
    String reason = body.text("reason", LONGEST_REASON);
    if (!keys.revoke(key.name(), reason, request.known().name())) {
      throw revoked(key.name());
    }
    return AdminAnswer.json(200, document.of(find(request)));
  }

  private static AdminProblem revoked(String name) {
    return new AdminProblem(
        409,
        "key-revoked",
        "The key " + name + " is revoked",
        "A revoked key stays so.",
        "Add another key.");
  }

  AdminAnswer rotate(AdminRequest request) {
    JsonBody body = JsonBody.of(request, Set.of("grace-seconds"));
    Long given = body.optionalNumber("grace-seconds");
    long grace = given == null ? 0 : given;
    if (grace < 0 || grace > LONGEST_GRACE) {
      throw AdminProblem.invalid("grace-seconds", "a number from 0 to " + LONGEST_GRACE);
    }
    VirtualKey key = find(request);
    Secret token =
        keys.rotate(key.name(), Duration.ofSeconds(grace), request.known().name())
            .orElseThrow(() -> revoked(key.name()));
    Map<String, @Nullable Object> members = document.of(key);
    members.put("key", token.reveal());
    return AdminAnswer.json(200, members);
  }
}
