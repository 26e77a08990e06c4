package dev.gatehouse.inspection.archive;

import java.time.Duration;

/**
 * How much of an archive is read before it is given up as too much. What hits a limit is reported
 * as unread, never as clean and never as bad.
 *
 * @param entries of the archive and all archives in it
 * @param unpackedBytes of the archive and all archives in it
 * @param ratio how many unpacked bytes may come of each byte of the archive as a whole, beyond the
 *     first {@link #FREE_OF_RATIO}: single entries of real wheels reach 1016 : 1, whole wheels 17.7
 * @param nesting how deep archives may lie in archives; 1 allows none inside the first
 * @param time from the making of the {@link Budget} on
 * @param bufferedBytes how large a file may be that is held in memory as a whole
 */
public record Limits(
    int entries, long unpackedBytes, double ratio, int nesting, Duration time, long bufferedBytes) {
  /** The ratio is not asked of what unpacks to no more than this: 64 MiB. */
  public static final long FREE_OF_RATIO = 64L << 20;

  /**
   * Far above all that is real: wheels have up to 16,235 files and a little over 1 GB unpacked,
   * images of machine learning several times that.
   */
  public static final Limits DEFAULT =
      new Limits(200_000, 16L << 30, 200, 3, Duration.ofMinutes(10), 32L << 20);

  /** Of images, which hold a system and several environments, and are gone through twice. */
  public static final Limits IMAGE =
      new Limits(600_000, 128L << 30, 200, 3, Duration.ofMinutes(30), 32L << 20);

  /** Checks that each is positive. */
  public Limits {
    if (entries < 1
        || unpackedBytes < 1
        || !(ratio >= 1)
        || nesting < 1
        || !time.isPositive()
        || bufferedBytes < 1
        || bufferedBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("limits are positive, and a file in memory below 2 GiB");
    }
  }
}
