package dev.gatehouse.outbound;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether bytes come fast enough. A server that sends one byte now and then never is idle, and
 * would hold a transfer for ever.
 */
final class Pace {
  /** The slowest that is of use: a 1 MB wheel would take 17 minutes. */
  private static final long LEAST_BYTES_A_SECOND = 1024;

  /** Slow starts are common (a proxy that scans a file before it passes it on) and forgiven. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private final long start;
  private long bytes;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Counts bytes that came, and says whether the average since the start is still fast enough. */
  boolean keepsUp(int more) {
    bytes += more;
    long elapsed = nanoTime.getAsLong() - start;
    return elapsed < GRACE.toNanos()
        || bytes >= LEAST_BYTES_A_SECOND * Duration.ofNanos(elapsed).toSeconds();
  }
}
