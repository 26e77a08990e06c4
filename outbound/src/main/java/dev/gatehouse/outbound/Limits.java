package dev.gatehouse.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an exchange may take and how large its answer may be.
 *
 * @param total from the request to the answer's last byte; null: as long as the answer keeps coming
 * @param head the longest wait for the answer's head, where {@code total} does not bound it; null:
 *     two minutes
 * @param idle the longest time in which nothing comes, be it that the server is silent or that the
 *     reader does not read
 * @param paced whether an answer that comes, but too slowly to be a file, is broken off
 * @param mostBytes of the answer's body, decoded
 */
public record Limits(
    @Nullable Duration total,
    @Nullable Duration head,
    Duration idle,
    boolean paced,
    long mostBytes) {
  public Limits {
    if ((total != null && !total.isPositive())
        || (head != null && !head.isPositive())
        || !idle.isPositive()
        || mostBytes < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** Those of a file or a page. */
  public Limits(@Nullable Duration total, Duration idle, long mostBytes) {
    this(total, null, idle, true, mostBytes);
  }

  /** Those of an answer that is made while it comes: words of a model, with pauses between them. */
  public static Limits unpaced(
      @Nullable Duration total, Duration head, Duration idle, long mostBytes) {
    return new Limits(total, head, idle, false, mostBytes);
  }
}
