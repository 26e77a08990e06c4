package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.key.KeyTerms;
import dev.gatehouse.gateway.key.KeyToken;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Names;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.Scope;
import dev.gatehouse.gateway.key.TokenHash;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.gateway.price.NanoUsd;
import dev.gatehouse.outbound.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /key/generate}, {@code /key/info} and {@code /key/delete} in the shapes of LiteLLM's proxy
 * (docs.litellm.ai/docs/proxy/virtual_keys), for scripts that call them. What Gatehouse cannot do
 * is refused, never left out in silence. Where LiteLLM gives a token back, this gives its hash.
 */
final class LiteLlmKeys {
  private static final Set<String> GENERATE =
      Set.of(
          "key_alias",
          "models",
          "max_budget",
          "budget_duration",
          "duration",
          "rpm_limit",
          "tpm_limit",
          "max_parallel_requests",
          "user_id",
          "team_id",
          "metadata");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h|d|w)");
  private static final int LONGEST = 300;

  private final Keys keys;
  private final Owners owners;
  private final KeyDocument document;
  private final Accounting accounting;
  private final InstantSource clock;

  LiteLlmKeys(
      Keys keys, Owners owners, KeyDocument document, Accounting accounting, InstantSource clock) {
    this.keys = keys;
    this.owners = owners;
    this.document = document;
    this.accounting = accounting;
    this.clock = clock;
  }

  AdminAnswer generate(AdminRequest request) {
    JsonBody body = JsonBody.of(request, GENERATE);
    if (body.has("metadata") && !body.get("metadata").isEmpty()) {
      throw AdminProblem.invalid("metadata", "not kept here; leave it out");
    }
    Keys.Added.Key added = KeysEndpoint.added(keys, terms(body), request.known().name());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("key", added.token().reveal());
    answer.put("token", TokenHash.of(added.token()).hex());
    answer.put("token_id", TokenHash.of(added.token()).hex());
    answer.putAll(info(added.key()));
    return AdminAnswer.json(200, answer);
  }

  private KeyTerms terms(JsonBody body) {
    String alias = body.optionalText("key_alias", LONGEST);
    String name = alias == null ? "key-" + UUID.randomUUID() : alias;
    if (!Names.isName(name)) {
      throw AdminProblem.invalid("key_alias", Names.RULE);
    }
    Scope scope =
        KeyBody.checked(
            "models",
            Set.copyOf(body.texts("models")),
            models -> new Scope(models, Set.of(), List.of(), expires(body)));
    return new KeyTerms(
        name,
        null,
        KeyBody.owner(body, "user_id", Kind.USER, owners),
        KeyBody.owner(body, "team_id", Kind.TEAM, owners),
        scope,
        limits(body),
        false);
  }

  private @Nullable Instant expires(JsonBody body) {
    String text = body.optionalText("duration", LONGEST);
    return text == null ? null : clock.instant().plus(duration("duration", text));
  }

  private static Duration duration(String member, String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw AdminProblem.invalid(member, "a duration such as 30s, 30m, 30h, 30d or 2w");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      case "w" -> Duration.ofDays(7 * count);
      default -> throw new AssertionError("the pattern has no other");
    };
  }

  private static Limits limits(JsonBody body) {
    Budget budget = null;
    if (body.has("max_budget")) {
      Period period = period(body.optionalText("budget_duration", LONGEST));
      budget = KeyBody.checked("max_budget", dollars(body), usd -> new Budget(usd, period));
    } else if (body.has("budget_duration")) {
      throw AdminProblem.invalid("max_budget", "there where budget_duration is");
    }
    Budget given = budget;
    return KeyBody.checked(
        "limits",
        body,
        from ->
            new Limits(
                given,
                from.optionalNumber("rpm_limit"),
                from.optionalNumber("tpm_limit"),
                from.optionalNumber("max_parallel_requests")));
  }

  private static long dollars(JsonBody body) {
    JsonNode node = body.get("max_budget");
    if (!node.isNumber()) {
      throw AdminProblem.invalid("max_budget", "a number of US dollars");
    }
    BigDecimal usd = node.decimalValue();
    // An exponent of a thousand digits would take their room when it is written out.
    if (Math.abs((long) usd.scale()) > 30 || usd.precision() > 30) {
      throw AdminProblem.invalid("max_budget", "a number of US dollars");
    }
    return KeyBody.checked("max_budget", usd.stripTrailingZeros().toPlainString(), NanoUsd::parse);
  }

  /** LiteLLM counts from the key's making, Gatehouse by the calendar. */
  private static Period period(@Nullable String text) {
    return switch (text) {
      case null -> Period.NONE;
      case "1d", "24h", "daily" -> Period.DAILY;
      case "7d", "1w", "weekly" -> Period.WEEKLY;
      case "30d", "1mo", "monthly" -> Period.MONTHLY;
      default -> throw AdminProblem.invalid("budget_duration", "one of 1d, 7d and 30d");
    };
  }

  AdminAnswer info(AdminRequest request) {
    String asked = request.query().getOrDefault("key", "");
    VirtualKey key = find(asked);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("key", shown(asked));
    answer.put("info", info(key));
    return AdminAnswer.json(200, answer);
  }

  AdminAnswer delete(AdminRequest request) {
    JsonBody body = JsonBody.of(request, Set.of("keys", "key_aliases"));
    List<String> asked = new ArrayList<>(body.texts("keys"));
    asked.addAll(body.texts("key_aliases"));
    if (asked.isEmpty()) {
      throw AdminProblem.invalid("keys", "a list of keys");
    }
    // All are known before the first is revoked.
    List<VirtualKey> found = asked.stream().map(this::find).toList();
    found.forEach(key -> keys.revoke(key.name(), "deleted", request.known().name()));
    return AdminAnswer.json(
        200, Map.of("deleted_keys", asked.stream().map(LiteLlmKeys::shown).toList()));
  }

  private VirtualKey find(String tokenOrName) {
    return (isToken(tokenOrName) ? keys.of(Secret.of(tokenOrName)) : keys.named(tokenOrName))
        .orElseThrow(
            () ->
                AdminProblem.missing(
                    "key", "of this token or alias", "List them: gatehouse gateway key list"));
  }

  private static boolean isToken(String text) {
    return text.startsWith(KeyToken.PREFIX);
  }

  private static String shown(String tokenOrName) {
    return isToken(tokenOrName) ? TokenHash.of(Secret.of(tokenOrName)).hex() : tokenOrName;
  }

  private Map<String, @Nullable Object> info(VirtualKey key) {
    Standing standing = accounting.standing(new AccountId(Kind.KEY, key.id()));
    Limits limits = standing.limits();
    Budget budget = limits.budget();
    Instant expires = key.terms().scope().expires();
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("key_name", KeyToken.PREFIX + "…");
    info.put("key_alias", key.name());
    info.put("spend", usd(standing.spent()));
    info.put("max_budget", budget == null ? null : usd(budget.nanoUsd()));
    info.put("budget_duration", budget == null ? null : litellm(budget.period()));
    info.put("budget_reset_at", standing.resets().map(Instant::toString).orElse(null));
    info.put("models", key.terms().scope().models().stream().sorted().toList());
    info.put("user_id", document.ownerName(Kind.USER, key.terms().user()));
    info.put("team_id", document.ownerName(Kind.TEAM, key.terms().team()));
    info.put("rpm_limit", limits.requestsPerMinute());
    info.put("tpm_limit", limits.tokensPerMinute());
    info.put("max_parallel_requests", limits.concurrent());
    info.put("expires", expires == null ? null : expires.toString());
    info.put("created_at", key.created().toString());
    info.put("blocked", key.revocation() != null);
    info.put("metadata", Map.of());
    return info;
  }

  private static BigDecimal usd(long nano) {
    return new BigDecimal(NanoUsd.text(nano));
  }

  private static @Nullable String litellm(Period period) {
    return switch (period) {
      case NONE -> null;
      case DAILY -> "1d";
      case WEEKLY -> "7d";
      case MONTHLY -> "30d";
    };
  }
}
