package dev.gatehouse.comparison.source;

import java.time.Duration;

/**
 * How much of a source is read before it is given up as too much. What hits a limit is an error or
 * an incomplete answer, never "not there".
 *
 * @param objectBytes how large a file of the source may be that is read as a whole
 * @param entries how many files a tree may have
 * @param commits how many commits of the history are gone through
 * @param time for all that is asked of the source, from its opening on
 * @param bundleBytes how large a bundle may be
 */
public record SourceLimits(
    long objectBytes, int entries, int commits, Duration time, long bundleBytes) {
  /**
   * Far above what is common: the largest repositories of Python projects have some 50,000 files
   * and 100,000 commits.
   */
  public static final SourceLimits DEFAULT =
      new SourceLimits(32L << 20, 1_000_000, 500_000, Duration.ofMinutes(2), 8L << 30);

  /** Checks that each is positive. */
  public SourceLimits {
    if (objectBytes < 1
        || objectBytes > Integer.MAX_VALUE - 64
        || entries < 1
        || commits < 1
        || !time.isPositive()
        || bundleBytes < 1) {
      throw new IllegalArgumentException("limits are positive, and a file in memory below 2 GiB");
    }
  }
}
