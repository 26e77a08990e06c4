package dev.gatehouse.inspection.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel that survives its reader. */
record UnclosedChannel(SeekableByteChannel bytes) implements SeekableByteChannel {
  @Override
  public int read(ByteBuffer target) throws IOException {
    return bytes.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return bytes.write(source);
  }

  @Override
  public long position() throws IOException {
    return bytes.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    bytes.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return bytes.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    bytes.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return bytes.isOpen();
  }

  @Override
  public void close() {
    // The test closes it.
  }
}
