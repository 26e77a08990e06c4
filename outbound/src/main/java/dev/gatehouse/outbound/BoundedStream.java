package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that may have so many bytes and no more. It counts what comes out of the decoder, so that
 * a small answer that unpacks into a huge one is cut like a huge one.
 */
final class BoundedStream extends FilterInputStream {
  private final long most;
  private long read;

  BoundedStream(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count > 0) {
      read += count;
      if (read > most) {
        throw new OutboundException(Code.TOO_LARGE, "it is larger than " + most + " bytes");
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    // By reading: what is skipped counts too.
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
