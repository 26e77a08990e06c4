package dev.gatehouse.upstream;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For how long an answer is fresh, by its {@code Cache-Control} (RFC 9111, section 5.2.2). */
final class MaxAge {
  private static final String MAX_AGE = "max-age=";

  /** Ten digits are three centuries, and cannot overflow. */
  private static final int MOST_DIGITS = 10;

  private MaxAge() {}

  /**
   * Reads the header's value. {@code no-cache} and {@code no-store} are an age of zero, and so is
   * one that cannot be read (section 4.2.1).
   *
   * @return null where nothing is said
   */
  static @Nullable Duration of(Optional<String> cacheControl) {
    Duration stated = null;
    for (String part : cacheControl.orElse("").split(",", -1)) {
      String directive = part.strip().toLowerCase(Locale.ROOT);
      if (directive.startsWith("no-cache") || directive.startsWith("no-store")) {
        return Duration.ZERO;
      }
      if (stated == null && directive.startsWith(MAX_AGE)) {
        stated = seconds(directive.substring(MAX_AGE.length()));
      }
    }
    return stated;
  }

  private static Duration seconds(String text) {
    boolean number =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
  }
}
