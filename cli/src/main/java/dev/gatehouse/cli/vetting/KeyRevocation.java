package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.client.ServerKind;
import dev.gatehouse.cli.client.TextTable;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Revokes, at the gateway, the keys of the clients that received a version. Whatever code that
 * version brought ran with these keys in reach.
 */
final class KeyRevocation {
  /** The token that can only revoke. It comes before an administrator's. */
  private static final String TOKEN = "GATEHOUSE_REVOKE_TOKEN";

  /** So that a request stays well below what the gateway reads, a megabyte. */
  private static final int CLIENTS_A_REQUEST = 2000;

  private static final int LONGEST_REASON = 1000;

  private final List<Map<String, Object>> clients;
  private final Set<String> anonymous;
  private final List<JsonNode> revoked = new ArrayList<>();
  private final Set<String> providers = new TreeSet<>();

  private KeyRevocation(List<Map<String, Object>> clients, Set<String> anonymous) {
    this.clients = clients;
    this.anonymous = anonymous;
  }

  /**
   * Revokes.
   *
   * @param exposure who received the version
   * @param reason why, for the gateway's audit log
   * @param gateway where it is administered; null: as the environment or its data folder says
   * @param config the configuration that names its data folder; null: the default
   * @throws CommandFailure where the gateway could not be asked
   */
  static KeyRevocation of(
      JsonNode exposure,
      String reason,
      @Nullable String gateway,
      @Nullable Path config,
      Map<String, String> environment) {
    Set<Map<String, Object>> clients = new LinkedHashSet<>();
    Set<String> anonymous = new TreeSet<>();
    for (JsonNode receipt : exposure.path("received")) {
      if (receipt.path("outcome").asString("").equals("refused")) {
        continue;
      }
      String name = receipt.path("client").asString("");
      if (name.isEmpty()) {
        anonymous.add(receipt.path("address").asString(""));
      } else {
        clients.add(client(receipt.path("client-id"), name));
      }
    }
    KeyRevocation revocation = new KeyRevocation(List.copyOf(clients), anonymous);
    revocation.ask(
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
        gateway,
        config,
        withRevokersToken(environment));
    return revocation;
  }

  private static Map<String, Object> client(JsonNode id, String name) {
    return id.isString() ? Map.of("id", id.asString(), "name", name) : Map.of("name", name);
  }

  private static Map<String, String> withRevokersToken(Map<String, String> environment) {
    String token = environment.getOrDefault(TOKEN, "");
    Map<String, String> variables = new HashMap<>(environment);
    if (!token.isBlank()) {
      variables.put("GATEHOUSE_GATEWAY_TOKEN", token);
    }
    return variables;
  }

  private void ask(
      String reason,
      @Nullable String gateway,
      @Nullable Path config,
      Map<String, String> environment) {
    for (int from = 0; from < clients.size(); from += CLIENTS_A_REQUEST) {
      List<Map<String, Object>> some =
          clients.subList(from, Math.min(clients.size(), from + CLIENTS_A_REQUEST));
      JsonNode answer =
          AskOptions.ask(
              ServerKind.GATEWAY,
              gateway,
              null,
              config,
              environment,
              server -> server.post("revocations", Map.of("clients", some, "reason", reason)));
      answer.path("revoked").forEach(revoked::add);
      answer.path("providers").forEach(provider -> providers.add(provider.asString("")));
    }
  }

  /** What {@link #of} could not do, for people: the recall is not undone by it. */
  static CommandFailure failed(CommandFailure cause) {
    List<String> lines = new ArrayList<>();
    lines.add("The recall stands, but the keys of those who received it were NOT revoked:");
    String.valueOf(cause.getMessage()).lines().forEach(lines::add);
    lines.add(
        "Give the gateway's address with --gateway and a token in "
            + TOKEN
            + " (gatehouse gateway revoker add NAME makes one), and run this command again.");
    return new CommandFailure(ExitCode.INCOMPLETE, lines);
  }

  /** As a member of the answer in JSON. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("revoked", revoked);
    members.put("providers", providers);
    members.put("anonymous-addresses", anonymous);
    return members;
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (revoked.isEmpty()) {
      lines.add("The gateway has no key in force of a client that received it.");
    } else {
      lines.add(
          "Revoked %d %s of clients that received it:"
              .formatted(revoked.size(), revoked.size() == 1 ? "key" : "keys"));
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("KEY", "CLIENT", "MODELS", "PROVIDERS"));
      for (JsonNode key : revoked) {
        rows.add(
            List.of(
                key.path("name").asString(""),
                key.path("client").path("name").asString(""),
                words(key.path("models")),
                words(key.path("providers"))));
      }
      lines.addAll(TextTable.aligned(rows));
      if (!providers.isEmpty()) {
        lines.add("");
        lines.add(
            "Until now they could call with the provider keys of: "
                + String.join(", ", providers)
                + ". Those keys never left the gateway.");
      }
    }
    if (!anonymous.isEmpty()) {
      lines.add("");
      lines.add(
          "It was also received without a token, at %s: no key can be found by that. Look there yourself."
              .formatted(String.join(", ", anonymous)));
    }
    return lines;
  }

  private static String words(JsonNode list) {
    return list.isEmpty()
        ? "-"
        : StreamSupport.stream(list.spliterator(), false)
            .map(word -> word.asString(""))
            .collect(Collectors.joining(","));
  }
}
