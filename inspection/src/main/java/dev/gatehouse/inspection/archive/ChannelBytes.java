package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads an archive's bytes mostly in order, through one large buffer that others may look into: an
 * inflater takes its input from there without a copy.
 */
final class ChannelBytes {
  private static final int BUFFER = 256 * 1024;

  /** Reads from a place of the archive; of a stream, never from before the one last read. */
  private interface Source {
    int read(long position, ByteBuffer target) throws IOException;
  }

  private final Source source;
  private final long size;
  private final byte[] buffer;
  private final ByteBuffer view;
  private long bufferAt;
  private int next;
  private int limit;

  /**
   * Reads from the channel's first byte, wherever it stands.
   *
   * @throws ChannelException when its size cannot be had
   */
  ChannelBytes(SeekableByteChannel channel) throws ChannelException {
    this((position, target) -> read(channel, position, target), size(channel));
  }

  /** Reads an archive that lies in another one, and can be gone through once only. */
  ChannelBytes(InputStream in, long size) {
    this(
        new Source() {
          private long at;

          @Override
          public int read(long position, ByteBuffer target) throws IOException {
            in.skipNBytes(position - at);
            int read =
                in.read(
                    target.array(), target.arrayOffset() + target.position(), target.remaining());
            at = position + Math.max(read, 0);
            return read;
          }
        },
        size);
  }

  /** Reads an archive that lies in memory. */
  ChannelBytes(byte[] bytes) {
    this(
        (position, target) -> {
          int count = Math.clamp(bytes.length - position, 0, target.remaining());
          target.put(bytes, (int) Math.min(position, bytes.length), count);
          return count == 0 ? -1 : count;
        },
        bytes.length);
  }

  private ChannelBytes(Source source, long size) {
    this.source = source;
    this.size = size;
    this.buffer = new byte[Math.clamp(size, 64, BUFFER)];
    this.view = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
  }

  long size() {
    return size;
  }

  long position() {
    return bufferAt + next;
  }

  void seek(long position) {
    if (position >= bufferAt && position <= bufferAt + limit) {
      next = (int) (position - bufferAt);
    } else {
      bufferAt = position;
      next = 0;
      limit = 0;
    }
  }

  void skip(long count) {
    seek(position() + count);
  }

  /** The buffer; what is to be read next lies at {@link #index}. */
  byte[] array() {
    return buffer;
  }

  int index() {
    return next;
  }

  /** How many bytes lie in the buffer, of which at least one unless the archive has ended. */
  int fill() throws IOException {
    if (next == limit) {
      bufferAt += limit;
      next = 0;
      limit = 0;
      readMore();
    }
    return limit - next;
  }

  /** Takes bytes that were read from {@link #array}. */
  void take(int count) {
    next += count;
  }

  /**
   * Reads into the array, past the buffer where that is empty and much is wanted.
   *
   * @return at least 1, or -1 at the end
   */
  int read(byte[] target, int offset, int length) throws IOException {
    if (next == limit && length >= buffer.length) {
      long at = position();
      int read = source.read(at, ByteBuffer.wrap(target, offset, length));
      seek(at + Math.max(read, 0));
      return read;
    }
    int there = Math.min(fill(), length);
    if (there == 0) {
      return -1;
    }
    System.arraycopy(buffer, next, target, offset, there);
    next += there;
    return there;
  }

  /** Exactly these bytes, as little-endian numbers. */
  ByteBuffer numbers(int count) throws IOException {
    return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Exactly these bytes.
   *
   * @throws BrokenException when the archive ends before
   */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int read = read(bytes, done, count - done);
      if (read < 0) {
        throw BrokenException.corrupt("ends too early: it was cut off");
      }
      done += read;
    }
    return bytes;
  }

  private void readMore() throws IOException {
    view.clear();
    limit = Math.max(source.read(bufferAt, view), 0);
  }

  private static long size(SeekableByteChannel channel) throws ChannelException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new ChannelException(e);
    }
  }

  private static int read(SeekableByteChannel channel, long position, ByteBuffer target)
      throws ChannelException {
    try {
      if (channel.position() != position) {
        channel.position(position);
      }
      int read = channel.read(target);
      if (read == 0) {
        throw new IOException("the channel gives no bytes");
      }
      return read;
    } catch (IOException e) {
      throw new ChannelException(e);
    }
  }
}
