package dev.gatehouse.index.settings;

import dev.gatehouse.outbound.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The people around an index.
 *
 * @param contact where a developer asks about what is held or refused, one line of printable ASCII
 *     such as {@code #python-packages}; null: nowhere in particular
 * @param webhook the https or http address that is told of recalls; null: none. Secret, since chat
 *     programs put their token into it
 */
public record People(@Nullable String contact, @Nullable Secret webhook) {
  /** Nobody. */
  public static final People NOBODY = new People(null, null);

  /** The most characters of a contact: it shares a line with the reason. */
  public static final int LONGEST_CONTACT = 80;

  public People {
    if (contact != null && !isContact(contact)) {
      throw new IllegalArgumentException(
          "must be a line of 1 to " + LONGEST_CONTACT + " printable ASCII characters");
    }
  }

  /** Whether a text is fit to be printed by installers. */
  public static boolean isContact(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_CONTACT
        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
