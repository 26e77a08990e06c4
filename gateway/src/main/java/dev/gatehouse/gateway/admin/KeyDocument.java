package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.key.IndexClient;
import dev.gatehouse.gateway.key.KeyTerms;
import dev.gatehouse.gateway.key.Owner;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.gateway.price.NanoUsd;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys and their owners as JSON. What is null stands there as null. */
final class KeyDocument {
  private final Accounting accounting;
  private final Owners owners;

  KeyDocument(Accounting accounting, Owners owners) {
    this.accounting = accounting;
    this.owners = owners;
  }

  Map<String, @Nullable Object> of(VirtualKey key) {
    KeyTerms terms = key.terms();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", key.id().toString());
    members.put("name", key.name());
    members.put("client", client(terms.client()));
    members.put("user", ownerName(Kind.USER, terms.user()));
    members.put("team", ownerName(Kind.TEAM, terms.team()));
    members.put("models", terms.scope().models().stream().sorted().toList());
    members.put(
        "endpoints", terms.scope().endpoints().stream().sorted().map(Endpoint::text).toList());
    members.put(
        "addresses",
        terms.scope().addresses().stream()
            .map(range -> range.network().getHostAddress() + "/" + range.prefixLength())
            .toList());
    members.put("expires", text(terms.scope().expires()));
    members.put("decoy", terms.decoy());
    members.put("created", key.created().toString());
    members.put("revoked", revoked(key.revocation()));
    standing(members, new AccountId(Kind.KEY, key.id()));
    return members;
  }

  Map<String, @Nullable Object> of(Owner owner) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", owner.id().id().toString());
    members.put("name", owner.name());
    members.put("created", owner.created().toString());
    standing(members, owner.id());
    return members;
  }

  private void standing(Map<String, @Nullable Object> members, AccountId id) {
    Standing standing = accounting.standing(id);
    Limits limits = standing.limits();
    Budget budget = limits.budget();
    members.put("budget", budget == null ? null : NanoUsd.text(budget.nanoUsd()));
    members.put("budget-nano-usd", budget == null ? null : budget.nanoUsd());
    members.put("budget-period", budget == null ? null : budget.period().text());
    members.put("budget-resets", text(standing.resets().orElse(null)));
    members.put("requests-per-minute", limits.requestsPerMinute());
    members.put("tokens-per-minute", limits.tokensPerMinute());
    members.put("concurrent", limits.concurrent());
    members.put("spent-nano-usd", standing.spent());
    members.put("spent-ever-nano-usd", standing.spentEver());
    members.put("reserved-nano-usd", standing.reserved());
    members.put("running", standing.running());
  }

  static @Nullable Map<String, @Nullable Object> client(@Nullable IndexClient client) {
    if (client == null) {
      return null;
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", client.id() == null ? null : client.id().toString());
    members.put("name", client.name());
    return members;
  }

  @Nullable String ownerName(Kind kind, @Nullable UUID id) {
    return id == null
        ? null
        : owners.find(new AccountId(kind, id)).map(Owner::name).orElse(id.toString());
  }

  private static @Nullable Map<String, Object> revoked(VirtualKey.@Nullable Revocation revocation) {
    return revocation == null
        ? null
        : Map.of(
            "at", revocation.at().toString(), "by", revocation.by(), "reason", revocation.reason());
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
