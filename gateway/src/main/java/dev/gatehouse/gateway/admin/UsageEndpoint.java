package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.gateway.usage.Dimension;
import dev.gatehouse.gateway.usage.UsageQuery;
import dev.gatehouse.gateway.usage.UsageRow;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/usage?from=DAY&to=DAY&by=day,key,model}, and {@code key}, {@code user}, {@code team},
 * {@code provider}, {@code model}, {@code end-user}, {@code tag} to see only some: what was used,
 * as JSON or with {@code format=csv} as a table for a spreadsheet.
 */
final class UsageEndpoint {
  private static final Set<String> PARAMETERS =
      Set.of(
          "from",
          "to",
          "by",
          "key",
          "user",
          "team",
          "provider",
          "model",
          "end-user",
          "tag",
          "format");

  private static final int MOST_DAYS = 30;

  private final Accounting accounting;
  private final Keys keys;
  private final Owners owners;
  private final KeyDocument document;
  private final InstantSource clock;

  UsageEndpoint(
      Accounting accounting, Keys keys, Owners owners, KeyDocument document, InstantSource clock) {
    this.accounting = accounting;
    this.keys = keys;
    this.owners = owners;
    this.document = document;
    this.clock = clock;
  }

  AdminAnswer show(AdminRequest request) throws IOException {
    Map<String, String> query = request.query();
    for (String name : query.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw AdminProblem.invalid(
            "query", "made of " + String.join(", ", PARAMETERS.stream().sorted().toList()));
      }
    }
    String format = query.getOrDefault("format", "json");
    if (!Set.of("json", "csv").contains(format)) {
      throw AdminProblem.invalid("format", "json or csv");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate to = day(query.get("to"), "to", today);
    LocalDate from = day(query.get("from"), "from", to.minusDays(MOST_DAYS));
    List<Map<String, Object>> rows =
        accounting.usage(asked(from, to, query)).stream()
            .filter(row -> row.calls() > 0)
            .map(this::described)
            .toList();
    return format.equals("csv")
        ? AdminAnswer.text(200, "text/csv; charset=utf-8", csv(rows))
        : AdminAnswer.json(
            200, Map.of("from", from.toString(), "to", to.toString(), "usage", rows));
  }

  private UsageQuery asked(LocalDate from, LocalDate to, Map<String, String> query) {
    Map<Dimension, String> only = only(query);
    Set<Dimension> by = by(query);
    if (UsageQuery.labels(only, by).count() > 1) {
      throw AdminProblem.invalid("by", "about end users or about tags, not about both at once");
    }
    return new UsageQuery(from, to, only, by);
  }

  private static LocalDate day(@Nullable String text, String member, LocalDate otherwise) {
    try {
      return text == null ? otherwise : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw AdminProblem.invalid(member, "a day such as 2026-03-24");
    }
  }

  private static Set<Dimension> by(Map<String, String> query) {
    Set<Dimension> by = EnumSet.noneOf(Dimension.class);
    for (String word : query.getOrDefault("by", "day,key,model").split(",", -1)) {
      by.add(
          Dimension.find(word)
              .orElseThrow(
                  () ->
                      AdminProblem.invalid(
                          "by",
                          "a list of day, key, user, team, provider, model, and end-user or tag")));
    }
    return by;
  }

  private Map<Dimension, String> only(Map<String, String> query) {
    Map<Dimension, String> only = new EnumMap<>(Dimension.class);
    String key = query.get("key");
    if (key != null) {
      VirtualKey found =
          keys.named(key)
              .orElseThrow(
                  () -> AdminProblem.missing("key", key, "List them: gatehouse gateway key list"));
      only.put(Dimension.KEY, found.id().toString());
    }
    owner(only, query, Dimension.USER, Kind.USER);
    owner(only, query, Dimension.TEAM, Kind.TEAM);
    for (Dimension text :
        List.of(Dimension.PROVIDER, Dimension.MODEL, Dimension.END_USER, Dimension.TAG)) {
      if (query.containsKey(text.text())) {
        only.put(text, query.getOrDefault(text.text(), ""));
      }
    }
    return only;
  }

  private void owner(
      Map<Dimension, String> only, Map<String, String> query, Dimension dimension, Kind kind) {
    String name = query.get(kind.text());
    if (name != null) {
      only.put(
          dimension,
          owners
              .everNamed(kind, name)
              .map(owner -> owner.id().id().toString())
              .orElseThrow(
                  () ->
                      AdminProblem.missing(
                          kind.text(),
                          name,
                          "List them: gatehouse gateway " + kind.text() + " list")));
    }
  }

  private Map<String, Object> described(UsageRow row) {
    Map<String, Object> members = new LinkedHashMap<>();
    new EnumMap<>(row.of()).forEach((of, value) -> members.put(of.text(), name(of, value)));
    members.put("calls", row.calls());
    members.put("input-tokens", row.usage().input());
    members.put("cache-read-tokens", row.usage().cacheRead());
    members.put("cache-written-tokens", row.usage().cacheWritten());
    members.put("output-tokens", row.usage().output());
    members.put("thinking-tokens", row.usage().thinking());
    members.put("nano-usd", row.nanoUsd());
    return members;
  }

  private String name(Dimension dimension, String value) {
    if (value.isEmpty()) {
      return "";
    }
    return switch (dimension) {
      case KEY ->
          keys.all().stream()
              .filter(key -> key.id().toString().equals(value))
              .map(VirtualKey::name)
              .findFirst()
              .orElse(value);
      case USER -> String.valueOf(document.ownerName(Kind.USER, UUID.fromString(value)));
      case TEAM -> String.valueOf(document.ownerName(Kind.TEAM, UUID.fromString(value)));
      case DAY, PROVIDER, MODEL, END_USER, TAG -> value;
    };
  }

  /** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
  private static String csv(List<Map<String, Object>> rows) {
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      lines.add(String.join(",", rows.getFirst().keySet()));
    }
    rows.forEach(
        row ->
            lines.add(
                row.values().stream().map(UsageEndpoint::cell).collect(Collectors.joining(","))));
    return lines.stream().map(line -> line + "\r\n").collect(Collectors.joining());
  }

  private static String cell(Object value) {
    String text = value.toString();
    boolean formula =
        value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
