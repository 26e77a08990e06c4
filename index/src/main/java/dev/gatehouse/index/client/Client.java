package dev.gatehouse.index.client;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who has a token.
 *
 * @param id never changes and is never used again, whatever becomes of the name
 * @param name how people call it; unique at a time; 1 to 100 letters, digits, dots, dashes,
 *     underscores or at signs
 * @param roles what it may do
 * @param created when it was added
 */
public record Client(UUID id, String name, Set<Role> roles, Instant created) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

  public Client {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a client's name has 1 to 100 letters, digits, dots, dashes, underscores or at signs");
    }
    roles = Set.copyOf(roles);
  }

  /** Whether a client may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether it may do what this role may. */
  public boolean may(Role role) {
    return roles.contains(role) || roles.contains(Role.ADMIN);
  }
}
