package dev.gatehouse.gateway.admin;

import dev.gatehouse.outbound.Secret;
import java.util.Map;
import java.util.Set;

/** {@code /api/revokers}: who can revoke and do nothing else. */
final class RevokersEndpoint {
  private final AdminTokens tokens;

  RevokersEndpoint(AdminTokens tokens) {
    this.tokens = tokens;
  }

  AdminAnswer list(AdminRequest request) {
    return AdminAnswer.json(200, Map.of("revokers", tokens.revokers()));
  }

  AdminAnswer add(AdminRequest request) {
    String name = KeyBody.name(JsonBody.of(request, Set.of("name")));
    Secret token =
        tokens
            .addRevoker(name, request.known().name())
            .orElseThrow(() -> AdminProblem.taken("revoker", name));
    return AdminAnswer.json(201, Map.of("name", name, "token", token.reveal()));
  }

  AdminAnswer remove(AdminRequest request) {
    String name = request.segment(2);
    if (!tokens.removeRevoker(name, request.known().name())) {
      throw AdminProblem.missing("revoker", name, "List them: /api/revokers");
    }
    return AdminAnswer.nothing();
  }
}
