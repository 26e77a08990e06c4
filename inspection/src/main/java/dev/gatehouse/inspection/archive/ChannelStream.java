package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;

/** An archive's bytes as a stream, for decompressors. */
final class ChannelStream extends InputStream {
  private final ChannelBytes bytes;

  ChannelStream(ChannelBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    if (bytes.fill() == 0) {
      return -1;
    }
    int value = Byte.toUnsignedInt(bytes.array()[bytes.index()]);
    bytes.take(1);
    return value;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(bytes.size() - bytes.position(), 0, Math.max(count, 0));
    bytes.skip(skipped);
    return skipped;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return length == 0 ? 0 : bytes.read(target, offset, length);
  }
}
