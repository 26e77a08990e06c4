package dev.gatehouse.inbound;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Reads a request's body that has to keep a pace. An idle time-out begins anew with every byte, so
 * that a byte every few seconds would hold a connection, its thread and what was gathered for ever.
 */
public final class PacedBody {
  /** For the beginning, and for a pause. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** A telephone's modem was faster. */
  private static final int LEAST_BYTES_A_SECOND = 4096;

  private static final int LEAST_BUFFER_BYTES = 1024;

  /** More is taken only when it is needed: a length that is merely said is not to cost memory. */
  private static final int FIRST_BUFFER_BYTES = 64 * 1024;

  private PacedBody() {}

  /** It came too slowly. Whoever sent it is still there, and can be told. */
  public static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlowException(int bytes) {
      super("the request's body comes too slowly: %d bytes so far".formatted(bytes));
    }
  }

  /**
   * Reads a body.
   *
   * @param declared how long it says that it is; -1: it does not say
   * @param most how many bytes are wanted; the rest is not read
   * @param nanoTime a clock as {@link System#nanoTime}
   * @throws TooSlowException where it does not keep the pace
   * @throws IOException where it breaks off
   */
  public static byte[] read(InputStream in, long declared, int most, LongSupplier nanoTime)
      throws IOException {
    long begun = nanoTime.getAsLong();
    // One more, in which the end is noticed.
    byte[] body = new byte[Math.clamp(declared + 1, LEAST_BUFFER_BYTES, FIRST_BUFFER_BYTES)];
    int length = 0;
    while (length < most) {
      if (length == body.length) {
        body = Arrays.copyOf(body, 2 * length);
      }
      int count = in.read(body, length, Math.min(body.length, most) - length);
      if (count < 0) {
        break;
      }
      length += count;
      Duration allowed = GRACE.plusSeconds(length / LEAST_BYTES_A_SECOND);
      if (nanoTime.getAsLong() - begun > allowed.toNanos()) {
        throw new TooSlowException(length);
      }
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }
}
