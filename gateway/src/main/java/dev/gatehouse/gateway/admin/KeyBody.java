package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.key.IndexClient;
import dev.gatehouse.gateway.key.KeyTerms;
import dev.gatehouse.gateway.key.Names;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.Scope;
import dev.gatehouse.gateway.price.NanoUsd;
import dev.gatehouse.inbound.AddressRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request says of a key's terms and of limits. */
final class KeyBody {
  static final Set<String> LIMITS =
      Set.of("budget", "budget-period", "requests-per-minute", "tokens-per-minute", "concurrent");

  static final Set<String> KEY =
      union(
          LIMITS,
          Set.of(
              "name",
              "client",
              "user",
              "team",
              "models",
              "endpoints",
              "addresses",
              "expires",
              "decoy"));

  private static final Set<String> CLIENT = Set.of("id", "name");
  private static final int LONGEST_NAME = 100;

  private KeyBody() {}

  static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  static KeyTerms terms(JsonBody body, Owners owners) {
    return checked(
        "name",
        body,
        given ->
            new KeyTerms(
                name(given),
                given.has("client") ? client(given.get("client")) : null,
                owner(given, "user", Kind.USER, owners),
                owner(given, "team", Kind.TEAM, owners),
                scope(given),
                limits(given),
                given.flag("decoy")));
  }

  static String name(JsonBody body) {
    String name = body.text("name", LONGEST_NAME);
    if (!Names.isName(name)) {
      throw AdminProblem.invalid("name", Names.RULE.replaceFirst("^a name has", "a name of"));
    }
    return name;
  }

  static IndexClient client(JsonNode node) {
    JsonBody body = JsonBody.of(node, CLIENT);
    String id = body.optionalText("id", LONGEST_NAME);
    String name = name(body);
    return checked("client", id, given -> new IndexClient(id(given), name));
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  static @Nullable UUID owner(JsonBody body, String member, Kind kind, Owners owners) {
    String name = body.optionalText(member, LONGEST_NAME);
    return name == null
        ? null
        : owners
            .named(kind, name)
            .map(owner -> owner.id().id())
            .orElseThrow(
                () ->
                    AdminProblem.missing(
                        kind.text(), name, "Add it first: POST /api/" + kind.text() + "s"));
  }

  private static Scope scope(JsonBody body) {
    List<Endpoint> endpoints =
        body.texts("endpoints").stream()
            .map(
                word ->
                    Endpoint.find(word)
                        .orElseThrow(
                            () ->
                                AdminProblem.invalid(
                                    "endpoints",
                                    "a list of chat, responses, messages, embeddings, rerank and models")))
            .toList();
    List<AddressRange> addresses =
        checked(
            "addresses",
            body.texts("addresses"),
            texts -> texts.stream().map(AddressRange::parse).toList());
    return checked(
        "models",
        Set.copyOf(body.texts("models")),
        models ->
            new Scope(models, Set.copyOf(endpoints), addresses, body.optionalTime("expires")));
  }

  static Limits limits(JsonBody body) {
    String budget = body.optionalText("budget", 30);
    String period = body.optionalText("budget-period", 20);
    if (budget == null && period != null) {
      throw AdminProblem.invalid("budget", "there where budget-period is");
    }
    return checked(
        "limits",
        body,
        given ->
            new Limits(
                budget == null
                    ? null
                    : new Budget(checked("budget", budget, NanoUsd::parse), period(period)),
                given.optionalNumber("requests-per-minute"),
                given.optionalNumber("tokens-per-minute"),
                given.optionalNumber("concurrent")));
  }

  private static Period period(@Nullable String word) {
    return word == null
        ? Period.NONE
        : Period.find(word)
            .orElseThrow(
                () ->
                    AdminProblem.invalid(
                        "budget-period", "one of none, daily, weekly and monthly"));
  }

  /** What a value refuses to be made of is the request's fault. */
  static <A extends @Nullable Object, B> B checked(String member, A given, Function<A, B> make) {
    try {
      return make.apply(given);
    } catch (IllegalArgumentException e) {
      throw AdminProblem.invalid(member, String.valueOf(e.getMessage()));
    }
  }
}
