package dev.gatehouse.gateway.admin;

import java.util.Locale;

/** What an administration token may do. */
public enum Role {
  /** Everything. */
  ADMIN,
  /** Revoke the keys of the index's clients, and nothing else: what the index has. */
  REVOKER;

  /** The word of the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
