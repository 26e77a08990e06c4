package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that may have so many bytes and no more. It counts what comes out of the decoder, so that
 * a small answer that unpacks into a huge one is cut like a huge one.
 */
final class BoundedStream extends BlockStream {
  private final long most;
  private long read;

  /**
   * Bounds a body.
   *
   * @param declared how long it says it is; one that says that it is too long is not begun. -1: it
   *     does not say
   */
  BoundedStream(InputStream in, long most, long declared) {
    super(in);
    this.most = most;
    this.read = declared > most ? declared : 0;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    check();
    int count = in.read(target, offset, length);
    read += Math.max(count, 0);
    check();
    return count;
  }

  private void check() throws OutboundException {
    if (read > most) {
      throw new OutboundException(Code.TOO_LARGE, "it is larger than " + most + " bytes");
    }
  }
}
