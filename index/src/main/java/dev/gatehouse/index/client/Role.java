package dev.gatehouse.index.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client may do. Roles do not contain each other, but for {@link #ADMIN}, which may do
 * everything.
 */
public enum Role {
  /** Install: read pages and files. */
  READER,
  /** Upload. */
  PUBLISHER,
  /** Release, refuse, recall. */
  APPROVER,
  /** Everything, the administration of clients included. */
  ADMIN;

  /** The word of the commands and the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this word. */
  public static Optional<Role> find(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
