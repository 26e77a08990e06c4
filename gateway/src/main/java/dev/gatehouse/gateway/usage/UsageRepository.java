package dev.gatehouse.gateway.usage;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code usage}, {@code usage_by_label} and {@code usage_journal}, the number of the
 * segment last taken over. What clients say is in a table of its own: what it counts is counted in
 * {@code usage}, too, and budgets are made of that alone.
 */
final class UsageRepository {
  static final String OWNER = "gateway-usage";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "usage by day",
              """
              CREATE TABLE usage (
                day TEXT NOT NULL,
                key_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                team_id TEXT NOT NULL,
                provider TEXT NOT NULL,
                model TEXT NOT NULL,
                calls BIGINT NOT NULL,
                input_tokens BIGINT NOT NULL,
                cache_read_tokens BIGINT NOT NULL,
                cache_written_tokens BIGINT NOT NULL,
                output_tokens BIGINT NOT NULL,
                thinking_tokens BIGINT NOT NULL,
                nano_usd BIGINT NOT NULL,
                PRIMARY KEY (day, key_id, user_id, team_id, provider, model)
              );
              CREATE TABLE usage_journal (
                applied BIGINT NOT NULL
              );
              INSERT INTO usage_journal (applied) VALUES (0);
              """),
          new Migration(
              2,
              "usage by end user and tag",
              """
              CREATE TABLE usage_by_label (
                day TEXT NOT NULL,
                key_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                label TEXT NOT NULL,
                user_id TEXT NOT NULL,
                team_id TEXT NOT NULL,
                provider TEXT NOT NULL,
                model TEXT NOT NULL,
                calls BIGINT NOT NULL,
                input_tokens BIGINT NOT NULL,
                cache_read_tokens BIGINT NOT NULL,
                cache_written_tokens BIGINT NOT NULL,
                output_tokens BIGINT NOT NULL,
                thinking_tokens BIGINT NOT NULL,
                nano_usd BIGINT NOT NULL,
                PRIMARY KEY (day, key_id, kind, label, user_id, team_id, provider, model)
              );
              """));

  private static final List<String> SUMMED =
      List.of(
          "calls",
          "input_tokens",
          "cache_read_tokens",
          "cache_written_tokens",
          "output_tokens",
          "thinking_tokens",
          "nano_usd");

  private static final List<String> LINE =
      List.of("day", "key_id", "user_id", "team_id", "provider", "model");

  private static final List<String> LABELLED_LINE =
      List.of("day", "key_id", "kind", "label", "user_id", "team_id", "provider", "model");

  private final Database database;

  UsageRepository(Database database) {
    this.database = database;
  }

  long applied() {
    return database.read(
        handle -> handle.createQuery("SELECT applied FROM usage_journal").mapTo(Long.class).one());
  }

  /**
   * Takes a segment over, in one transaction with its number.
   *
   * @return false where it was taken over before
   */
  boolean apply(long segment, List<UsageEntry> entries) {
    return database.write(
        handle -> {
          int next =
              handle
                  .createUpdate(
                      "UPDATE usage_journal SET applied = :segment WHERE applied < :segment")
                  .bind("segment", segment)
                  .execute();
          if (next == 1 && !entries.isEmpty()) {
            add(handle, entries);
            addByLabel(handle, entries);
          }
          return next == 1;
        });
  }

  /** What usage is told apart by. */
  private record Line(
      LocalDate day,
      UUID key,
      @Nullable UUID user,
      @Nullable UUID team,
      String provider,
      String model) {
    static Line of(UsageEntry entry) {
      return new Line(
          LocalDate.ofInstant(entry.at(), ZoneOffset.UTC),
          entry.key(),
          entry.user(),
          entry.team(),
          entry.provider(),
          entry.model());
    }
  }

  private record Sum(long calls, Usage usage, long nanoUsd) {
    Sum plus(Sum other) {
      return new Sum(
          calls + other.calls, usage.plus(other.usage), Math.addExact(nanoUsd, other.nanoUsd));
    }
  }

  /** What calls with a label are told apart by. */
  private record LabelledLine(Line line, Dimension kind, String label) {}

  private static Sum sum(UsageEntry entry) {
    return new Sum(1, entry.usage(), entry.nanoUsd());
  }

  /** A segment has thousands of calls and few lines. */
  private static void add(Handle handle, List<UsageEntry> entries) {
    Map<Line, Sum> sums = new LinkedHashMap<>();
    for (UsageEntry entry : entries) {
      sums.merge(Line.of(entry), sum(entry), Sum::plus);
    }
    try (PreparedBatch batch = handle.prepareBatch(adding("usage", LINE))) {
      sums.forEach((line, sum) -> bind(batch, line, sum).add());
      batch.execute();
    }
  }

  private static void addByLabel(Handle handle, List<UsageEntry> entries) {
    KeptLabels kept = new KeptLabels(handle);
    Map<LabelledLine, Sum> sums = new LinkedHashMap<>();
    for (UsageEntry entry : entries) {
      for (LabelledLine line : labelled(entry, kept)) {
        sums.merge(line, sum(entry), Sum::plus);
      }
    }
    if (sums.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(adding("usage_by_label", LABELLED_LINE))) {
      sums.forEach(
          (line, sum) ->
              bind(batch, line.line(), sum)
                  .bind("kind", line.kind().text())
                  .bind("label", line.label())
                  .add());
      batch.execute();
    }
  }

  /** A set: a call of which several tags share a row is counted there once. */
  private static Set<LabelledLine> labelled(UsageEntry entry, KeptLabels kept) {
    Line line = Line.of(entry);
    Set<LabelledLine> labelled = new LinkedHashSet<>();
    if (entry.labels().endUser() != null) {
      labelled.add(labelled(line, Dimension.END_USER, entry.labels().endUser(), kept));
    }
    for (String tag : entry.labels().tags()) {
      labelled.add(labelled(line, Dimension.TAG, tag, kept));
    }
    return labelled;
  }

  private static LabelledLine labelled(Line line, Dimension kind, String label, KeptLabels kept) {
    return new LabelledLine(line, kind, kept.row(line.day(), line.key(), kind, label));
  }

  private static String adding(String table, List<String> line) {
    List<String> columns = Stream.concat(line.stream(), SUMMED.stream()).toList();
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(
            table,
            String.join(", ", columns),
            joined(columns, column -> ":" + column),
            String.join(", ", line),
            joined(SUMMED, sum -> "%1$s = %2$s.%1$s + excluded.%1$s".formatted(sum, table)));
  }

  private static String joined(List<String> columns, UnaryOperator<String> each) {
    return columns.stream().map(each).collect(Collectors.joining(", "));
  }

  private static PreparedBatch bind(PreparedBatch batch, Line line, Sum sum) {
    return batch
        .bind("day", line.day().toString())
        .bind("key_id", line.key().toString())
        .bind("user_id", text(line.user()))
        .bind("team_id", text(line.team()))
        .bind("provider", line.provider())
        .bind("model", line.model())
        .bind("calls", sum.calls())
        .bind("input_tokens", sum.usage().input())
        .bind("cache_read_tokens", sum.usage().cacheRead())
        .bind("cache_written_tokens", sum.usage().cacheWritten())
        .bind("output_tokens", sum.usage().output())
        .bind("thinking_tokens", sum.usage().thinking())
        .bind("nano_usd", sum.nanoUsd());
  }

  private static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }

  List<UsageRow> find(UsageQuery query, int most) {
    List<Dimension> by = query.by().stream().sorted().toList();
    String columns = by.stream().map(Dimension::column).collect(Collectors.joining(", "));
    List<String> where = new ArrayList<>(List.of("day BETWEEN :from AND :to"));
    query.only().keySet().forEach(one -> where.add(one.column() + " = :" + one.column()));
    Optional<Dimension> label = query.label();
    label.ifPresent(_ -> where.add("kind = :kind"));
    String sql =
        "SELECT %s%s FROM %s WHERE %s%s LIMIT :most"
            .formatted(
                by.isEmpty() ? "" : columns + ", ",
                joined(SUMMED, "SUM(%1$s) AS %1$s"::formatted),
                label.isPresent() ? "usage_by_label" : "usage",
                String.join(" AND ", where),
                by.isEmpty() ? "" : " GROUP BY " + columns + " ORDER BY " + columns);
    return database.read(
        handle -> {
          Query prepared =
              handle
                  .createQuery(sql)
                  .bind("from", query.from().toString())
                  .bind("to", query.to().toString())
                  .bind("most", most);
          label.ifPresent(kind -> prepared.bind("kind", kind.text()));
          query.only().forEach((one, value) -> prepared.bind(one.column(), value));
          return prepared.map((row, _) -> row(row, by)).list();
        });
  }

  private static UsageRow row(ResultSet row, List<Dimension> by) throws SQLException {
    Map<Dimension, String> of = new EnumMap<>(Dimension.class);
    for (Dimension one : by) {
      of.put(one, row.getString(one.column()));
    }
    Usage usage =
        new Usage(
            row.getLong("input_tokens"),
            row.getLong("cache_read_tokens"),
            row.getLong("cache_written_tokens"),
            row.getLong("output_tokens"),
            row.getLong("thinking_tokens"));
    return new UsageRow(of, row.getLong("calls"), usage, row.getLong("nano_usd"));
  }
}
