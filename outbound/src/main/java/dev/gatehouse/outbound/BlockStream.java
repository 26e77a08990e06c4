package dev.gatehouse.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream round another that looks at each read, so that there is but one way to read. */
abstract class BlockStream extends FilterInputStream {
  private static final int SKIPPED_BYTES = 8192;

  BlockStream(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  @Override
  public final long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_BYTES)]));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
