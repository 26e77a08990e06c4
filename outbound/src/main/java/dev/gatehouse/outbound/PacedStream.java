package dev.gatehouse.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body as it comes from the network: failures have our form, and one that drips is cut. */
final class PacedStream extends FilterInputStream {
  private final Pace pace;

  PacedStream(InputStream in, Pace pace) {
    super(in);
    this.pace = pace;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (IOException e) {
      throw Failures.of(e);
    }
    if (count >= 0 && !pace.keepsUp(count)) {
      throw new OutboundException(
          OutboundException.Code.TIMEOUT, "its bytes come too slowly to ever end");
    }
    return count;
  }
}
