package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.admin.Route.Access;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.secret.StoredKeys;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** All that the administration listener answers. Safe for use by many threads. */
public final class AdminApi {
  /** Far more than administration needs; a revocation may name thousands of clients. */
  public static final int MOST_BODY = 1 << 20;

  private static final Logger LOG = System.getLogger(AdminApi.class.getName());

  private final List<Route> routes;

  /**
   * @param ready whether the gateway can serve
   */
  public AdminApi(
      Keys keys,
      Owners owners,
      Accounting accounting,
      StoredKeys stored,
      AdminTokens tokens,
      AuditLog audit,
      Catalogue catalogue,
      InstantSource clock,
      BooleanSupplier ready) {
    KeyDocument document = new KeyDocument(accounting, owners);
    KeysEndpoint key = new KeysEndpoint(keys, owners, document);
    OwnersEndpoint user = new OwnersEndpoint(Kind.USER, owners, keys, document);
    OwnersEndpoint team = new OwnersEndpoint(Kind.TEAM, owners, keys, document);
    ProvidersEndpoint provider = new ProvidersEndpoint(stored, catalogue);
    RevokersEndpoint revoker = new RevokersEndpoint(tokens);
    UsageEndpoint usage = new UsageEndpoint(accounting, keys, owners, document, clock);
    LiteLlmKeys litellm = new LiteLlmKeys(keys, owners, document, accounting, clock);
    LiteLlmHealth health = new LiteLlmHealth(catalogue, ready);
    byte[] description = description();
    this.routes =
        List.of(
            administer("GET", "/api/keys", key::list),
            administer("POST", "/api/keys", key::add),
            administer("GET", "/api/keys/{name}", key::show),
            administer("POST", "/api/keys/{name}/revoke", key::revoke),
            administer("POST", "/api/keys/{name}/rotate", key::rotate),
            administer("GET", "/api/users", user::list),
            administer("POST", "/api/users", user::add),
            administer("GET", "/api/users/{name}", user::show),
            administer("PUT", "/api/users/{name}", user::change),
            administer("DELETE", "/api/users/{name}", user::remove),
            administer("GET", "/api/teams", team::list),
            administer("POST", "/api/teams", team::add),
            administer("GET", "/api/teams/{name}", team::show),
            administer("PUT", "/api/teams/{name}", team::change),
            administer("DELETE", "/api/teams/{name}", team::remove),
            administer("GET", "/api/providers", provider::list),
            administer("PUT", "/api/providers/{name}/key", provider::setKey),
            administer("DELETE", "/api/providers/{name}/key", provider::deleteKey),
            administer("POST", "/api/key-encryption-key/rotate", provider::rotateKeyEncryptionKey),
            administer("GET", "/api/revokers", revoker::list),
            administer("POST", "/api/revokers", revoker::add),
            administer("DELETE", "/api/revokers/{name}", revoker::remove),
            new Route(
                "POST",
                "/api/revocations",
                Access.REVOKE,
                new RevocationsEndpoint(keys, catalogue)::revoke),
            administer("GET", "/api/usage", usage::show),
            administer("GET", "/api/audit-log", new AuditLogEndpoint(audit)::list),
            administer(
                "GET",
                "/api/openapi.json",
                _ -> new AdminAnswer(200, "application/json", description)),
            administer("POST", "/key/generate", litellm::generate),
            administer("GET", "/key/info", litellm::info),
            administer("POST", "/key/delete", litellm::delete),
            administer("GET", "/health", health::health),
            new Route("GET", "/health/liveliness", Access.OPEN, health::liveliness),
            new Route("GET", "/health/readiness", Access.OPEN, health::readiness));
  }

  private static Route administer(String method, String template, AdminEndpoint endpoint) {
    return new Route(method, template, Access.ADMINISTER, endpoint);
  }

  private static byte[] description() {
    try (InputStream in = AdminApi.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json is in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Route> routes() {
    return routes;
  }

  /** Answers, whatever is asked. HEAD is asked as GET, and its body left out, by the listener. */
  public AdminAnswer answer(AdminRequest request) {
    try {
      return find(request).endpoint().answer(request);
    } catch (AdminProblem e) {
      return request.path().startsWith("/key/") ? litellm(e) : e.answer();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "Could not answer " + request.method() + " " + request.path(), e);
      return new AdminProblem(
              500,
              "internal",
              "This could not be done",
              "Something went wrong that should not.",
              "The gateway's log says more.")
          .answer();
    }
  }

  /** LiteLLM's errors are the vendor's: scripts read {@code error.message}. */
  private static AdminAnswer litellm(AdminProblem problem) {
    return AdminAnswer.json(
        problem.status(),
        Map.of(
            "error",
            Map.of(
                "message",
                problem.line(),
                "type",
                problem.status() == 401 || problem.status() == 403
                    ? "auth_error"
                    : "bad_request_error",
                "code",
                String.valueOf(problem.status()))));
  }

  /** Who asks is looked at first: to who has no token, what is and what is not look the same. */
  private Route find(AdminRequest request) {
    List<Route> here = routes.stream().filter(route -> route.isAt(request.path())).toList();
    boolean open = here.stream().anyMatch(route -> route.access() == Access.OPEN);
    if (!open && request.actor() == null) {
      throw new AdminProblem(
          401,
          "token-needed",
          "Administration needs a token",
          "None came with the request, or one that is not known.",
          "Send the administrator's token, which lies in the data folder, as Authorization: Bearer.");
    }
    if (!open && request.known().role() != Role.ADMIN) {
      requireRevoking(request, here);
    }
    if (here.isEmpty()) {
      throw new AdminProblem(
          404,
          "no-such-place",
          "Nothing is at this address",
          "Administration has no such path.",
          "What there is stands in /api/openapi.json.");
    }
    if (request.body().length > MOST_BODY) {
      throw new AdminProblem(
          413,
          "body-too-large",
          "The request's body is too large",
          "It has more than " + MOST_BODY + " bytes.",
          "Send less.");
    }
    return here.stream()
        .filter(route -> route.method().equals(request.method()))
        .findFirst()
        .orElseThrow(() -> wrongMethod(here));
  }

  private static void requireRevoking(AdminRequest request, List<Route> here) {
    if (here.stream().noneMatch(route -> route.access() == Access.REVOKE)) {
      throw new AdminProblem(
          403,
          "not-allowed",
          "This token may only revoke",
          "The token of " + request.known().name() + " has the role revoker.",
          "Ask an administrator.");
    }
  }

  private static AdminProblem wrongMethod(List<Route> here) {
    return new AdminProblem(
        405,
        "method-not-allowed",
        "This address takes "
            + here.stream().map(Route::method).collect(Collectors.joining(" and "))
            + " only",
        "Another method was used.",
        "Use one of these.");
  }
}
