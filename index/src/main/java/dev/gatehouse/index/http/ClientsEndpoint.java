package dev.gatehouse.index.http;

import dev.gatehouse.index.client.Client;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.index.client.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/clients}: who has a token. */
final class ClientsEndpoint implements Endpoint {
  private static final JsonMapper JSON = new JsonMapper();

  private final Clients clients;

  ClientsEndpoint(Clients clients) {
    this.clients = clients;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> rest = exchange.segments().subList(1, exchange.segments().size());
    if (rest.isEmpty() && exchange.method().equals("POST")) {
      add(exchange);
    } else if (rest.isEmpty() && !exchange.method().equals("DELETE")) {
      list(exchange);
    } else if (rest.size() == 1 && exchange.method().equals("DELETE")) {
      remove(exchange, rest.getFirst());
    } else {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private void list(Exchange exchange) {
    List<Map<String, Object>> all = clients.all().stream().map(ClientsEndpoint::describe).toList();
    send(exchange, 200, Map.of("clients", all));
  }

  private void add(Exchange exchange) throws IOException {
    JsonNode body = parse(exchange.body());
    String name = body.path("name").asString("");
    if (!Client.isName(name)) {
      throw invalid(
          "name", "It takes 1 to 100 letters, digits, dots, dashes, underscores or at signs.");
    }
    switch (clients.add(name, roles(body.path("roles")))) {
      case Clients.Added.Client added -> {
        Map<String, Object> answer = describe(added.client());
        answer.put("token", added.token().reveal());
        send(exchange, 201, answer);
      }
      case Clients.Added.NameTaken _ ->
          throw new Problem(
                  409,
                  "client-exists",
                  "There is a client " + name + " already",
                  "Names of clients are unique.",
                  "Choose another name, or remove that client first: gatehouse client remove "
                      + name)
              .asException();
    }
  }

  private static Set<Role> roles(JsonNode words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (JsonNode word : words) {
      roles.add(
          Role.find(word.asString(""))
              .orElseThrow(
                  () -> invalid("roles", "Roles are reader, publisher, approver and admin.")));
    }
    if (roles.isEmpty()) {
      throw invalid("roles", "At least one is needed: reader, publisher, approver or admin.");
    }
    return roles;
  }

  private void remove(Exchange exchange, String name) {
    if (!clients.remove(name)) {
      throw new Problem(
              404,
              "no-such-client",
              "No client " + Exchange.quoted(name),
              "No client has this name.",
              "List them with: gatehouse client list")
          .asException();
    }
    exchange.status(204).end();
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw Problems.badRequest(
              "not-json", "The body is not JSON", "At " + e.getLocation().offsetDescription() + ".")
          .asException();
    }
    throw Problems.badRequest("not-json", "The body is not a JSON object", "It must be an object.")
        .asException();
  }

  private static ProblemException invalid(String member, String rule) {
    return Problems.badRequest(
            "invalid-" + member, "The member " + member + " is missing or not valid", rule)
        .asException();
  }

  private static Map<String, Object> describe(Client client) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", client.id().toString());
    members.put("name", client.name());
    members.put("roles", client.roles().stream().sorted().map(Role::text).toList());
    members.put("created", client.created().toString());
    return members;
  }

  private static void send(Exchange exchange, int status, Map<String, Object> answer) {
    exchange
        .status(status)
        .set(HttpHeader.CONTENT_TYPE, "application/json")
        .set(HttpHeader.CACHE_CONTROL, "no-store")
        .send(ByteBuffer.wrap(JSON.writeValueAsBytes(answer)));
  }
}
