package dev.gatehouse.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an exchange may take and how large its answer may be.
 *
 * @param total from the request to the answer's last byte; null: as long as the answer keeps coming
 * @param idle the longest time in which nothing comes, be it that the server is silent or that the
 *     reader does not read
 * @param mostBytes of the answer's body, decoded
 */
public record Limits(@Nullable Duration total, Duration idle, long mostBytes) {
  public Limits {
    if ((total != null && !total.isPositive()) || !idle.isPositive() || mostBytes < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
