package dev.gatehouse.index.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file on its way, then its withheld end from where it is kept: for a client, one channel. */
final class WholeFile implements ReadableByteChannel {
  /** Opens the verified file, once it is kept. */
  @FunctionalInterface
  interface Remainder {
    SeekableByteChannel open() throws IOException;
  }

  private final Arrival.Follower arriving;
  private final Remainder kept;
  private @Nullable SeekableByteChannel remainder;

  WholeFile(Arrival.Follower arriving, Remainder kept) {
    this.arriving = arriving;
    this.kept = kept;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (remainder == null) {
      int read = arriving.read(target);
      if (read >= 0) {
        return read;
      }
      remainder = kept.open();
      remainder.position(arriving.position());
    }
    return remainder.read(target);
  }

  @Override
  public boolean isOpen() {
    return arriving.isOpen();
  }

  @Override
  public void close() throws IOException {
    try {
      arriving.close();
    } finally {
      if (remainder != null) {
        remainder.close();
      }
    }
  }
}
