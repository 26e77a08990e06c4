package dev.gatehouse.gateway.budget;

import java.util.Locale;
import java.util.UUID;

/** Whose limits they are; a call counts for a key, and for its user and team at once. */
public record AccountId(Kind kind, UUID id) {
  /** What has limits. */
  public enum Kind {
    KEY,
    USER,
    TEAM;

    /** The word for people and for the administration API. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
