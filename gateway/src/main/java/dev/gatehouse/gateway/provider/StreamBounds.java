package dev.gatehouse.gateway.provider;

import java.time.Duration;

/**
 * Where a provider's stream is taken to have no end, and is cut off.
 *
 * @param longest from the request on
 * @param mostBytes of the answer's body
 */
public record StreamBounds(Duration longest, long mostBytes) {
  /** At 200 tokens a second, three days; what is longer is no answer. */
  private static final long MOST_BYTES = 1L << 30;

  public static final StreamBounds USUAL = new StreamBounds(Duration.ofHours(2), MOST_BYTES);
}
