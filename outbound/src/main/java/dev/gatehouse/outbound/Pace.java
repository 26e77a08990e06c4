package dev.gatehouse.outbound;

import java.time.Duration;

/**
 * Whether bytes come fast enough. A server that sends one byte now and then never is idle, and
 * would hold a transfer for ever.
 *
 * <p>It is asked anew for each window, since an average over the whole transfer would let a server
 * that was fast at first drip for hours. Only the time spent waiting counts: a reader that is slow
 * itself is not the server's fault.
 */
final class Pace {
  /** The slowest that is of use: a 1 MB wheel would take 17 minutes. */
  static final long LEAST_BYTES_A_SECOND = 1024;

  /** Slow starts are common (a proxy that scans a file before it passes it on) and forgiven. */
  static final Duration WINDOW = Duration.ofSeconds(30);

  private long waited;
  private long bytes;

  /** Counts what came in a wait, and says whether the window that this ends had enough. */
  boolean keepsUp(long nanos, int more) {
    waited += nanos;
    bytes += more;
    if (waited < WINDOW.toNanos()) {
      return true;
    }
    boolean enough = bytes >= LEAST_BYTES_A_SECOND * Duration.ofNanos(waited).toSeconds();
    waited = 0;
    bytes = 0;
    return enough;
  }
}
