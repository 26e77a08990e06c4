package dev.gatehouse.gateway.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What usage can be told apart by. The columns stand here, so that no request's text is SQL. */
public enum Dimension {
  DAY("day"),
  KEY("key_id"),
  USER("user_id"),
  TEAM("team_id"),
  PROVIDER("provider"),
  MODEL("model");

  private final String column;

  Dimension(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** The word of the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The dimension of this word. */
  public static Optional<Dimension> find(String text) {
    return Arrays.stream(values()).filter(value -> value.text().equals(text)).findFirst();
  }
}
