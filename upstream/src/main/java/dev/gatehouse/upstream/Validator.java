package dev.gatehouse.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream knows a page's state by (RFC 9110, section 8.8). It is kept with the page and
 * sent back as it came.
 *
 * @param etag the entity tag with its quotation marks and, where it is weak, its {@code W/}
 * @param lastModified the date as the upstream wrote it
 */
public record Validator(@Nullable String etag, @Nullable String lastModified) {
  /** Entity tags have tens of characters. */
  private static final int LONGEST = 1_024;

  /**
   * Takes what can be sent in a header.
   *
   * @throws IllegalArgumentException when either is too long or holds anything but printable ASCII
   */
  public Validator {
    if (!isSendable(etag) || !isSendable(lastModified)) {
      throw new IllegalArgumentException(
          "a validator is at most %d printable ASCII characters".formatted(LONGEST));
    }
  }

  /** That of a page whose upstream states neither. */
  public static Validator none() {
    return new Validator(null, null);
  }

  /** Takes what an upstream sent, without the part that could not be sent back. */
  static Validator believed(@Nullable String etag, @Nullable String lastModified) {
    return new Validator(
        isSendable(etag) ? etag : null, isSendable(lastModified) ? lastModified : null);
  }

  /** Whether there is nothing to ask with. */
  boolean isEmpty() {
    return etag == null && lastModified == null;
  }

  private static boolean isSendable(@Nullable String value) {
    return value == null
        || (value.length() <= LONGEST && value.chars().allMatch(c -> c >= ' ' && c <= '~'));
  }
}
