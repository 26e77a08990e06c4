package dev.gatehouse.cli.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse gateway user} and {@code team}: what keys belong to. */
abstract sealed class OwnerCommand extends GatewayAsking {
  private final String kind;

  private OwnerCommand(String kind, Map<String, String> environment) {
    super(environment);
    this.kind = kind;
  }

  /** Users. */
  @Command(
      name = "user",
      description =
          "Adds, lists and removes the users that keys belong to, with budgets of their own.",
      sortOptions = false)
  static final class User extends OwnerCommand {
    User(Map<String, String> environment) {
      super("user", environment);
    }
  }

  /** Teams. */
  @Command(
      name = "team",
      description =
          "Adds, lists and removes the teams that keys count for, with budgets of their own.",
      sortOptions = false)
  static final class Team extends OwnerCommand {
    Team(Map<String, String> environment) {
      super("team", environment);
    }
  }

  /** {@code add}. */
  @Command(description = "Adds one and prints it as JSON.", sortOptions = false)
  int add(
      @Parameters(paramLabel = "NAME", description = "what it is called") String name,
      @Mixin LimitOptions limits) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    limits.addTo(members);
    return ask(administration -> printJson(administration.post(kind + "s", members)));
  }

  /** {@code list}. */
  @Command(description = "Lists them.", sortOptions = false)
  int list(@Mixin FormatOption format) {
    return ask(
        administration -> {
          JsonNode all = administration.get(kind + "s");
          if (format.isJson()) {
            printJson(all);
          } else {
            Answers.table(
                    all.path(kind + "s"),
                    "name",
                    "budget",
                    "budget-period",
                    "spent-nano-usd",
                    "requests-per-minute",
                    "tokens-per-minute",
                    "concurrent")
                .forEach(out()::println);
          }
        });
  }

  /** {@code remove}. */
  @Command(
      description = "Removes one. What its keys used stays, and so does its name.",
      sortOptions = false)
  int remove(
      @Parameters(paramLabel = "NAME", description = "what it is called") String name,
      @Option(
              names = "--revoke-keys",
              description = "revoke its keys with it, at once; else it has to have none that works")
          boolean revokeKeys) {
    return ask(
        administration -> {
          JsonNode answer =
              administration.delete(
                  kind + "s/" + Answers.segment(name) + (revokeKeys ? "?revoke-keys=true" : ""));
          List<String> revoked =
              answer.path("revoked").valueStream().map(key -> key.asString("")).toList();
          err()
              .println(
                  "Removed the %s %s%s."
                      .formatted(
                          kind,
                          name,
                          revoked.isEmpty()
                              ? ""
                              : " and revoked its keys: " + String.join(", ", revoked)));
        });
  }
}
