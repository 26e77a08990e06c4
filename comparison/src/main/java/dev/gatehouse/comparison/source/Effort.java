package dev.gatehouse.comparison.source;

import dev.gatehouse.findings.Printable;
import java.time.Instant;
import java.time.InstantSource;

/** What one source may cost, and when its time is up. */
final class Effort {
  private final SourceLimits limits;
  private final InstantSource clock;
  private final Instant end;

  /** Starts the clock. */
  Effort(SourceLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.end = clock.instant().plus(limits.time());
  }

  SourceLimits limits() {
    return limits;
  }

  boolean isOver() {
    return clock.instant().isAfter(end);
  }

  /** Ends what takes too long. */
  void checkTime(String what) throws SourceException {
    if (isOver()) {
      throw new SourceException(
          "Could not finish reading %s: it takes more than %d s."
              .formatted(Printable.of(what, 300), limits.time().toSeconds()));
    }
  }

  /** Ends what has too many files. */
  void checkEntries(int entries, String what) throws SourceException {
    if (entries > limits.entries()) {
      throw new SourceException(
          "Could not read %s: it has more than %d files."
              .formatted(Printable.of(what, 300), limits.entries()));
    }
  }

  /** Refuses a file that is too large to be held. */
  void checkSize(long bytes, String what) throws SourceException {
    if (bytes > limits.objectBytes()) {
      throw new SourceException(
          "Could not read %s: it has %d bytes, more than the %d that are read."
              .formatted(Printable.of(what, 300), bytes, limits.objectBytes()));
    }
  }
}
