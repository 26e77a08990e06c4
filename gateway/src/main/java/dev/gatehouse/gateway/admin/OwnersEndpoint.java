package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.key.Owner;
import dev.gatehouse.gateway.key.Owners;
import java.util.Map;
import java.util.Set;

/** {@code /api/users} or {@code /api/teams}: what keys belong to. */
final class OwnersEndpoint {
  private final Kind kind;
  private final Owners owners;
  private final KeyDocument document;

  OwnersEndpoint(Kind kind, Owners owners, KeyDocument document) {
    this.kind = kind;
    this.owners = owners;
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

  private Owner find(AdminRequest request) {
    String name = request.segment(2);
    return owners
        .named(kind, name)
        .orElseThrow(
            () -> AdminProblem.missing(kind.text(), name, "List them: /api/" + kind.text() + "s"));
  }
}
