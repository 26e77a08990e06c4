package dev.gatehouse.gateway.budget;

import org.jspecify.annotations.Nullable;

/**
 * What a key, a user or a team may do. Null: as much as it likes.
 *
 * @param requestsPerMinute from 1 to {@link #MOST}
 * @param tokensPerMinute of input and output together, from 1 to {@link #MOST}
 * @param concurrent how many calls may run at once, from 1 to {@link #MOST}
 */
public record Limits(
    @Nullable Budget budget,
    @Nullable Long requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Long concurrent) {
  /** More than any provider allows; see {@code Bucket} for why it is no more. */
  public static final long MOST = 50_000_000L;

  public static final Limits NONE = new Limits(null, null, null, null);

  public Limits {
    check("requests per minute", requestsPerMinute);
    check("tokens per minute", tokensPerMinute);
    check("concurrent calls", concurrent);
  }

  private static void check(String what, @Nullable Long value) {
    if (value != null && (value < 1 || value > MOST)) {
      throw new IllegalArgumentException(what + " from 1 to " + MOST);
    }
  }
}
