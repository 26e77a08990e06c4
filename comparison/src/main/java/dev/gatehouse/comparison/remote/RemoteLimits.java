package dev.gatehouse.comparison.remote;

import java.time.Duration;

/**
 * How much of a repository is fetched before it is given up as too much.
 *
 * @param bytes of one answer, as they come
 * @param time for one repository
 */
public record RemoteLimits(long bytes, Duration time) {
  /** Most repositories of Python projects have less than 200 MB; few have a gigabyte. */
  public static final RemoteLimits DEFAULT = new RemoteLimits(2L << 30, Duration.ofMinutes(10));

  /** Checks that each is positive. */
  public RemoteLimits {
    if (bytes < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
