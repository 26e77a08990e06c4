package dev.gatehouse.gateway.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What usage can be told apart by. The columns stand here, so that no request's text is SQL. The
 * last two are the client's words; only calls that have some are counted by them.
 */
public enum Dimension {
  DAY("day"),
  KEY("key_id"),
  USER("user_id"),
  TEAM("team_id"),
  PROVIDER("provider"),
  MODEL("model"),
  END_USER("label"),
  /** A call counts once under each of its tags. */
  TAG("label");

  private final String column;

  Dimension(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** Whether it is a word of the client's, whose sums are kept apart. */
  public boolean isLabel() {
    return this == END_USER || this == TAG;
  }

  /** The word of the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The dimension of this word. */
  public static Optional<Dimension> find(String text) {
    return Arrays.stream(values()).filter(value -> value.text().equals(text)).findFirst();
  }
}
