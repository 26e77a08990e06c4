package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A stretch of a channel, as a channel of its own; closing it leaves the whole open. */
final class ChannelPart implements SeekableByteChannel {
  private final SeekableByteChannel whole;
  private final long start;
  private final long length;
  private long position;

  ChannelPart(SeekableByteChannel whole, long start, long length) {
    this.whole = whole;
    this.start = start;
    this.length = length;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long left = length - position;
    if (left <= 0) {
      return -1;
    }
    int limit = target.limit();
    if (target.remaining() > left) {
      target.limit(target.position() + (int) left);
    }
    try {
      whole.position(start + position);
      int read = whole.read(target);
      position += Math.max(read, 0);
      return read;
    } finally {
      target.limit(limit);
    }
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
  public SeekableByteChannel position(long to) {
    if (to < 0) {
      throw new IllegalArgumentException("a position is not negative, as is " + to);
    }
    position = to;
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return whole.isOpen();
  }

  @Override
  public void close() {
    // Whoever opened the whole closes it.
  }
}
