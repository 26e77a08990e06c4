package dev.gatehouse.index.http;

import dev.gatehouse.index.client.Client;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.index.client.Role;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code /api/clients}: who has a token. */
final class ClientsEndpoint implements Endpoint {
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
    JsonApi.send(exchange, 200, Map.of("clients", all));
  }

  private void add(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    String name = body.path("name").asString("");
    if (!Client.isName(name)) {
      throw JsonApi.invalid(
          "name", "It takes 1 to 100 letters, digits, dots, dashes, underscores or at signs.");
    }
    switch (clients.add(name, roles(body.path("roles")))) {
      case Clients.Added.Client added -> {
        Map<String, Object> answer = describe(added.client());
        answer.put("token", added.token().reveal());
        JsonApi.send(exchange, 201, answer);
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
                  () ->
                      JsonApi.invalid(
                          "roles", "Roles are reader, publisher, approver and admin.")));
    }
    if (roles.isEmpty()) {
      throw JsonApi.invalid(
          "roles", "At least one is needed: reader, publisher, approver or admin.");
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

  private static Map<String, Object> describe(Client client) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", client.id().toString());
    members.put("name", client.name());
    members.put("roles", client.roles().stream().sorted().map(Role::text).toList());
    members.put("created", client.created().toString());
    return members;
  }
}
