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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code usage} and {@code usage_journal}, the number of the segment last taken over.
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
              """));

  private static final String SUMS =
      """
      SUM(calls) AS calls, SUM(input_tokens) AS input_tokens,
      SUM(cache_read_tokens) AS cache_read_tokens,
      SUM(cache_written_tokens) AS cache_written_tokens,
      SUM(output_tokens) AS output_tokens, SUM(thinking_tokens) AS thinking_tokens,
      SUM(nano_usd) AS nano_usd
      """;

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

  /** A segment has thousands of calls and few lines. */
  private static Map<Line, Sum> sums(List<UsageEntry> entries) {
    Map<Line, Sum> sums = new LinkedHashMap<>();
    for (UsageEntry entry : entries) {
      sums.merge(Line.of(entry), new Sum(1, entry.usage(), entry.nanoUsd()), Sum::plus);
    }
    return sums;
  }

  private static void add(Handle handle, List<UsageEntry> entries) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO usage (day, key_id, user_id, team_id, provider, model, calls, input_tokens,
              cache_read_tokens, cache_written_tokens, output_tokens, thinking_tokens, nano_usd)
            VALUES (:day, :key, :user, :team, :provider, :model, :calls, :input, :cacheRead,
              :cacheWritten, :output, :thinking, :nanoUsd)
            ON CONFLICT (day, key_id, user_id, team_id, provider, model) DO UPDATE SET
              calls = usage.calls + excluded.calls,
              input_tokens = usage.input_tokens + excluded.input_tokens,
              cache_read_tokens = usage.cache_read_tokens + excluded.cache_read_tokens,
              cache_written_tokens = usage.cache_written_tokens + excluded.cache_written_tokens,
              output_tokens = usage.output_tokens + excluded.output_tokens,
              thinking_tokens = usage.thinking_tokens + excluded.thinking_tokens,
              nano_usd = usage.nano_usd + excluded.nano_usd
            """)) {
      for (Map.Entry<Line, Sum> one : sums(entries).entrySet()) {
        Line line = one.getKey();
        Sum sum = one.getValue();
        batch
            .bind("day", line.day().toString())
            .bind("key", line.key().toString())
            .bind("user", text(line.user()))
            .bind("team", text(line.team()))
            .bind("provider", line.provider())
            .bind("model", line.model())
            .bind("calls", sum.calls())
            .bind("input", sum.usage().input())
            .bind("cacheRead", sum.usage().cacheRead())
            .bind("cacheWritten", sum.usage().cacheWritten())
            .bind("output", sum.usage().output())
            .bind("thinking", sum.usage().thinking())
            .bind("nanoUsd", sum.nanoUsd())
            .add();
      }
      batch.execute();
    }
  }

  private static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }

  List<UsageRow> find(UsageQuery query, int most) {
    List<Dimension> by = query.by().stream().sorted().toList();
    String columns = by.stream().map(Dimension::column).collect(Collectors.joining(", "));
    List<String> where = new ArrayList<>(List.of("day BETWEEN :from AND :to"));
    query.only().keySet().forEach(one -> where.add(one.column() + " = :" + one.column()));
    String sql =
        "SELECT %s%s FROM usage WHERE %s%s LIMIT :most"
            .formatted(
                by.isEmpty() ? "" : columns + ", ",
                SUMS,
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
