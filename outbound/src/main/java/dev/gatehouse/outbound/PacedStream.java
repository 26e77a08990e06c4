package dev.gatehouse.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.LongSupplier;

/** A body as it comes from the network: failures have our form, and one that drips is cut. */
final class PacedStream extends BlockStream {
  private final Pace pace = new Pace();
  private final LongSupplier nanoTime;
  private final boolean paced;
  private boolean ended;

  /**
   * @param paced whether dripping matters
   */
  PacedStream(InputStream in, boolean paced, LongSupplier nanoTime) {
    super(in);
    this.paced = paced;
    this.nanoTime = nanoTime;
  }

  /** Whether the body was read to its end. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long before = nanoTime.getAsLong();
    int count = receive(target, offset, length);
    ended = count < 0;
    if (paced && !ended && !pace.keepsUp(nanoTime.getAsLong() - before, count)) {
      throw new OutboundException(
          OutboundException.Code.TIMEOUT, "its bytes come too slowly to ever end");
    }
    return count;
  }

  private int receive(byte[] target, int offset, int length) throws OutboundException {
    try {
      return in.read(target, offset, length);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(e);
    } catch (IOException | RuntimeException e) {
      throw Failures.of(e);
    }
  }
}
