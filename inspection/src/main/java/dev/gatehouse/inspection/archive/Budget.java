package dev.gatehouse.inspection.archive;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What reading an archive, and all archives in it, has cost so far. Once a limit is hit, every
 * further step hits it again. One per target; not for several threads.
 */
public final class Budget {
  private static final long BYTES_BETWEEN_CLOCKS = 1L << 20;

  private final Limits limits;
  private final InstantSource clock;
  private final Instant end;
  private long archiveBytes;
  private long entries;
  private long unpacked;
  private long passed;
  private long nextClock;
  private int depth;

  /** Starts the clock. */
  public Budget(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.end = clock.instant().plus(limits.time());
  }

  /** What may be spent in all. */
  public Limits limits() {
    return limits;
  }

  /** How many entries were read, of all archives. */
  public long entries() {
    return entries;
  }

  /** How many bytes were unpacked, of all archives. */
  public long unpackedBytes() {
    return unpacked;
  }

  /**
   * Counts an archive that is about to be read, until {@link #leave}.
   *
   * @param bytes its size; of one inside another nothing is added to what the ratio is held against
   */
  void enter(long bytes) throws LimitException {
    if (depth >= limits.nesting()) {
      throw new LimitException(
          "lies in more than %d archives inside one another".formatted(limits.nesting() - 1));
    }
    if (depth == 0) {
      archiveBytes += bytes;
    }
    depth++;
    checkTime();
  }

  /** Whether the archive that is being read lies in another. */
  boolean isNested() {
    return depth > 1;
  }

  void leave() {
    depth--;
  }

  /** Counts an entry. */
  void entry() throws LimitException {
    entries++;
    if (entries > limits.entries()) {
      throw new LimitException("has more than %d entries".formatted(limits.entries()));
    }
    if (entries % 64 == 0) {
      checkTime();
    }
  }

  /** Counts bytes that were unpacked. */
  void unpacked(long bytes) throws LimitException {
    unpacked += bytes;
    if (unpacked > limits.unpackedBytes()) {
      throw new LimitException("unpacks to more than %d bytes".formatted(limits.unpackedBytes()));
    }
    if (unpacked > Limits.FREE_OF_RATIO && unpacked > limits.ratio() * archiveBytes) {
      throw new LimitException(
          "unpacks to more than %.0f times its own size".formatted(limits.ratio()));
    }
    passed(bytes);
  }

  /** Counts bytes that were read and not unpacked: they cost time only. */
  void passed(long bytes) throws LimitException {
    passed += bytes;
    if (passed >= nextClock) {
      nextClock = passed + BYTES_BETWEEN_CLOCKS;
      checkTime();
    }
  }

  /** For work that unpacks nothing. */
  void checkTime() throws LimitException {
    if (clock.instant().isAfter(end)) {
      throw new LimitException("takes more than %d s to read".formatted(limits.time().toSeconds()));
    }
  }
}
