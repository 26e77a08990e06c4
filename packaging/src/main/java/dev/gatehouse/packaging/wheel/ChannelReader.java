package dev.gatehouse.packaging.wheel;

import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Reads numbers and bytes of an archive in order, through a buffer. */
final class ChannelReader {
  private final SeekableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(32 * 1024).order(ByteOrder.LITTLE_ENDIAN);

  ChannelReader(SeekableByteChannel channel) {
    this.channel = channel;
    buffer.flip();
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Goes to a byte of the archive. */
  void seek(long position) throws IOException {
    channel.position(position);
    buffer.clear().flip();
  }

  /** The byte that is read next. */
  long position() throws IOException {
    return channel.position() - buffer.remaining();
  }

  void skip(int count) throws IOException {
    if (count <= buffer.remaining()) {
      buffer.position(buffer.position() + count);
    } else {
      seek(position() + count);
    }
  }

  /**
   * The next bytes.
   *
   * @throws MalformedException when the archive ends before
   */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int step = Math.min(count - done, buffer.remaining());
      buffer.get(bytes, done, step);
      done += step;
    }
    return bytes;
  }

  /** The next bytes, to be read as little-endian numbers. */
  ByteBuffer numbers(int count) throws IOException {
    return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void fill() throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    if (read <= 0) {
      throw new MalformedException("a wheel ends in the middle of its directory or of an entry");
    }
  }
}
