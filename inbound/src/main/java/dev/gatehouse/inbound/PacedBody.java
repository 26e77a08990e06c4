package dev.gatehouse.inbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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

  private static final int BUFFER_BYTES = 8192;

  private PacedBody() {}

  /**
   * Reads a body.
   *
   * @param most how many bytes are wanted; the rest is not read
   * @param nanoTime a clock as {@link System#nanoTime}
   * @throws IOException where it breaks off, or comes too slowly
   */
  public static byte[] read(InputStream in, int most, LongSupplier nanoTime) throws IOException {
    long begun = nanoTime.getAsLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (body.size() < most) {
      int count = in.read(buffer, 0, Math.min(buffer.length, most - body.size()));
      if (count < 0) {
        break;
      }
      body.write(buffer, 0, count);
      Duration allowed = GRACE.plusSeconds(body.size() / LEAST_BYTES_A_SECOND);
      if (nanoTime.getAsLong() - begun > allowed.toNanos()) {
        throw new IOException("the request's body comes too slowly");
      }
    }
    return body.toByteArray();
  }
}
