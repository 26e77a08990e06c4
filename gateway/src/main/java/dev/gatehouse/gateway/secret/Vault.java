package dev.gatehouse.gateway.secret;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HashiCorp Vault's HTTP API: its key-value store, version 2, and its transit engine. */
public final class Vault {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 1 << 20);

  private static final JsonMapper JSON = new JsonMapper();

  private final Outbound outbound;
  private final URI address;
  private final Token token;
  private final @Nullable String namespace;

  /** Where the token is had from; asked for each request, since agents renew it. */
  @FunctionalInterface
  public interface Token {
    Secret get() throws SecretException;
  }

  /**
   * @param address such as {@code https://vault.example.com:8200}; it may lie at a private address
   * @param namespace of Vault Enterprise; null: the root
   */
  public Vault(Outbound outbound, URI address, Token token, @Nullable String namespace) {
    Origin.of(address);
    this.outbound = outbound;
    this.address = address;
    this.token = token;
    this.namespace = namespace;
  }

  /**
   * Reads a field of a secret.
   *
   * @param path the mount, a slash, and the path below it, as the command {@code vault kv get}
   *     takes it
   */
  public Secret read(String path, String field) throws SecretException {
    int slash = path.indexOf('/');
    String api = path.substring(0, slash) + "/data" + path.substring(slash);
    String tried = "Could not read vault:" + path + "#" + field;
    JsonNode value = ask("GET", api, null, tried).path("data").path("data").path(field);
    if (!value.isString() || value.asString().isEmpty()) {
      throw new SecretException(tried + ": the secret has no such field, or it is no text.");
    }
    return Secret.of(value.asString());
  }

  /** Writes, and gives a text of the answer's {@code data}. */
  String write(String path, Map<String, String> body, String member, String tried)
      throws SecretException {
    JsonNode value = ask("POST", path, body, tried).path("data").path(member);
    if (!value.isString() || value.asString().isEmpty()) {
      throw new SecretException(tried + ": Vault's answer has no " + member + ".");
    }
    return value.asString();
  }

  private JsonNode ask(String method, String path, @Nullable Map<String, String> body, String tried)
      throws SecretException {
    String base = address.toString().replaceFirst("/+$", "");
    URI uri = URI.create(base + "/v1/" + path);
    OutboundRequest.Builder request =
        OutboundRequest.to(method, uri)
            .named(Origin.of(uri))
            .header("X-Vault-Token", token.get().reveal())
            .header("X-Vault-Request", "true")
            .redirects(false)
            .limits(LIMITS);
    if (namespace != null) {
      request.header("X-Vault-Namespace", namespace);
    }
    if (body != null) {
      request.body(JSON.writeValueAsBytes(body), "application/json");
    }
    try (OutboundResponse response = outbound.send(request.build())) {
      Optional<String> problem = problem(response.status());
      if (problem.isPresent()) {
        throw new SecretException(
            "%s: Vault at %s answered %d. %s"
                .formatted(tried, Origin.of(uri), response.status(), problem.get()));
      }
      return JSON.readTree(response.body());
    } catch (OutboundException e) {
      throw new SecretException(
          "%s: Vault at %s cannot be asked: %s. %s"
              .formatted(tried, Origin.of(uri), e.problem(), e.remedy()),
          e);
    } catch (JacksonException e) {
      // What was read may be the secret: nothing of it may come into a message.
      throw new SecretException(tried + ": Vault's answer is no JSON, or broke off.");
    }
  }

  /** Vault's own texts are not passed on: who answers at its address is not known to be it. */
  private static Optional<String> problem(int status) {
    return switch (status) {
      case 200 -> Optional.empty();
      case 400 -> Optional.of("Check the engine, the key's name and what it was given.");
      case 403 -> Optional.of("Check the token and its policy.");
      case 404 -> Optional.of("There is no such secret or engine; check mount and path.");
      case 429, 473 -> Optional.of("It is busy or a standby; try again, or name the active node.");
      case 503 -> Optional.of("It is sealed or being maintained; unseal it.");
      default -> Optional.of("Check the address and Vault's log.");
    };
  }
}
