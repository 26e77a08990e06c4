package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits as columns, which keys, users and teams have alike. */
final class LimitColumns {
  private LimitColumns() {}

  static Map<String, @Nullable Object> of(Limits limits) {
    Map<String, @Nullable Object> columns = new HashMap<>();
    Budget budget = limits.budget();
    columns.put("budget", budget == null ? null : budget.nanoUsd());
    columns.put("period", budget == null ? null : budget.period().text());
    columns.put("requests", limits.requestsPerMinute());
    columns.put("tokens", limits.tokensPerMinute());
    columns.put("concurrent", limits.concurrent());
    return columns;
  }

  static Limits read(ResultSet row) throws SQLException {
    Long budget = number(row, "budget_nano_usd");
    return new Limits(
        budget == null
            ? null
            : new Budget(budget, Period.find(row.getString("budget_period")).orElseThrow()),
        number(row, "requests_per_minute"),
        number(row, "tokens_per_minute"),
        number(row, "concurrent"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}
