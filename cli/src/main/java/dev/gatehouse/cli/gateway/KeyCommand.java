package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.configuration.Durations;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse gateway key}: the virtual keys, as the running gateway knows them. */
@Command(
    name = "key",
    description = {
      "Adds, lists, shows, rotates and revokes virtual keys of a running gateway.",
      "The gateway is the one that --server or GATEHOUSE_GATEWAY_URL names, with the token in",
      "GATEHOUSE_GATEWAY_TOKEN; else the one that runs on the local data folder."
    },
    sortOptions = false)
final class KeyCommand extends GatewayAsking {
  private final InstantSource clock;

  /**
   * @param environment where the gateway and the token are looked up
   * @param clock for keys that end
   */
  KeyCommand(Map<String, String> environment, InstantSource clock) {
    super(environment);
    this.clock = clock;
  }

  /** {@code key add}. The JSON goes to standard output, for people and scripts alike. */
  @Command(
      description = {
        "Adds a key and prints it, this once, as JSON with name and key.",
        "With --decoy it is one that nobody uses, to be left where thieves look: its use is an alarm."
      },
      sortOptions = false)
  int add(
      @Parameters(paramLabel = "NAME", description = "what the key is called; for ever its own")
          String name,
      @Option(
              names = "--client",
              paramLabel = "CLIENT",
              description = "the client of the index that has it: a recall can revoke it")
          @Nullable String client,
      @Option(
              names = "--client-id",
              paramLabel = "ID",
              description =
                  "that client's unchanging id (default: what the index says, at GATEHOUSE_URL or on this machine)")
          @Nullable String clientId,
      @Option(
              names = "--model",
              paramLabel = "MODEL",
              description = "a model it is for; may be given several times (default: all)")
          @Nullable List<String> models,
      @Option(
              names = "--endpoint",
              paramLabel = "ENDPOINT",
              description =
                  "chat, responses, messages, embeddings, rerank or models; may be given several times (default: all)")
          @Nullable List<String> endpoints,
      @Option(
              names = "--address",
              paramLabel = "ADDRESS",
              description =
                  "an address or network it may be used from; may be given several times (default: all)")
          @Nullable List<String> addresses,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description =
                  "when it ends: in 30d, 12h, or at 2026-12-31T00:00:00Z (default: never)")
          @Nullable String expires,
      @Option(names = "--user", paramLabel = "USER", description = "whose it is")
          @Nullable String user,
      @Option(names = "--team", paramLabel = "TEAM", description = "the team that it counts for")
          @Nullable String team,
      @Option(names = "--decoy", description = "nobody uses it: whoever does stole it")
          boolean decoy,
      @Mixin LimitOptions limits) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    if (client != null) {
      Map<String, Object> linked = new LinkedHashMap<>();
      linked.put("name", client);
      LimitOptions.put(linked, "id", clientId == null ? idOf(client) : clientId);
      members.put("client", linked);
    }
    LimitOptions.put(members, "models", models);
    LimitOptions.put(members, "endpoints", endpoints);
    LimitOptions.put(members, "addresses", addresses);
    LimitOptions.put(members, "expires", expires == null ? null : time(expires));
    LimitOptions.put(members, "user", user);
    LimitOptions.put(members, "team", team);
    if (decoy) {
      members.put("decoy", true);
    }
    limits.addTo(members);
    return ask(
        administration -> {
          printJson(administration.post("keys", members));
          err().println("Added the key " + name + ". It is not shown again.");
        });
  }

  /**
   * The index's id of a client. Where it cannot be asked, the key is linked by the name alone, by
   * which a recall finds it, too.
   */
  private @Nullable String idOf(String client) {
    JsonNode clients;
    try {
      clients = askIndex(index -> index.get("clients")).path("clients");
    } catch (CommandFailure e) {
      err()
          .println(
              "The index could not be asked for the client's id; the key is linked to it by name. (--client-id links by id.)");
      return null;
    }
    for (JsonNode one : clients) {
      if (one.path("name").asString("").equals(client)) {
        return one.path("id").asString(null);
      }
    }
    throw new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not add the key: the index has no client %s, so that no recall would find the key."
            .formatted(Printable.of(client, 100)),
        "List its clients: gatehouse client list");
  }

  private String time(String text) {
    try {
      return Instant.parse(text).toString();
    } catch (DateTimeParseException notAMoment) {
      try {
        return clock.instant().plus(Durations.parse(text)).toString();
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not add the key: --expires is no time.",
            "Give a time from now such as 30d, or a moment such as 2026-12-31T00:00:00Z.");
      }
    }
  }

  /** {@code key list}. */
  @Command(description = "Lists the keys.", sortOptions = false)
  int list(@Mixin FormatOption format) {
    return ask(
        administration -> {
          JsonNode keys = administration.get("keys");
          if (format.isJson()) {
            printJson(keys);
          } else {
            Answers.table(
                    keys.path("keys"),
                    "name",
                    "client",
                    "user",
                    "team",
                    "models",
                    "budget",
                    "spent-nano-usd",
                    "expires",
                    "decoy",
                    "revoked")
                .forEach(out()::println);
          }
        });
  }

  /** {@code key show}. */
  @Command(
      description = "Shows a key, as JSON; what it spent is in spent-nano-usd.",
      sortOptions = false)
  int show(@Parameters(paramLabel = "NAME", description = "what the key is called") String name) {
    return ask(administration -> printJson(administration.get("keys/" + Answers.segment(name))));
  }

  /** {@code key revoke}. */
  @Command(description = "Revokes a key, at once and for ever.", sortOptions = false)
  int revoke(
      @Parameters(paramLabel = "NAME", description = "what the key is called") String name,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "revoked by an administrator",
              description = "why, for the audit log")
          String reason) {
    return ask(
        administration -> {
          administration.post(
              "keys/" + Answers.segment(name) + "/revoke", Map.of("reason", reason));
          err().println("Revoked the key " + name + ": it is refused from now on.");
        });
  }

  /** {@code key rotate}. */
  @Command(
      description = "Gives a key another token and prints it, this once; limits and spending stay.",
      sortOptions = false)
  int rotate(
      @Parameters(paramLabel = "NAME", description = "what the key is called") String name,
      @Option(
              names = "--grace",
              paramLabel = "TIME",
              defaultValue = "0s",
              converter = Grace.class,
              description =
                  "for how long the old token still works, such as 1h (default: not at all)")
          Duration grace) {
    return ask(
        administration -> {
          printJson(
              administration.post(
                  "keys/" + Answers.segment(name) + "/rotate",
                  Map.of("grace-seconds", grace.toSeconds())));
          err().println("Rotated the key " + name + ". It is not shown again.");
        });
  }

  /** Reads {@code --grace}. */
  static final class Grace implements picocli.CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
