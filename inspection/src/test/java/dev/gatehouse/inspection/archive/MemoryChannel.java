package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory as a channel, which can be made to fail from some byte on. */
final class MemoryChannel implements SeekableByteChannel {
  private final byte[] bytes;
  private int position;
  private int failsAt = Integer.MAX_VALUE;

  MemoryChannel(byte[] bytes) {
    this.bytes = bytes;
  }

  MemoryChannel failingAt(int position) {
    failsAt = position;
    return this;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= bytes.length) {
      return -1;
    }
    int count = Math.min(target.remaining(), bytes.length - position);
    if (position + count > failsAt) {
      throw new IOException("the disk is gone");
    }
    target.put(bytes, position, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = (int) Math.min(newPosition, Integer.MAX_VALUE);
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
