package dev.gatehouse.index.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Sends files: never coded, never in memory as a whole. */
final class Transfer {
  /** Of every file: what it is, is a matter of its name and of who installs it. */
  static final String CONTENT_TYPE = "application/octet-stream";

  /** Measured: larger ones are not faster over loopback, and each transfer holds one. */
  private static final int CHUNK = 128 * 1024;

  /** Buffers outside the heap are dear to make; these are used again. 64 of them are 8 MB. */
  private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(64);

  /** Asked before each part is sent. */
  @FunctionalInterface
  interface Permission {
    /**
     * Returns where the file may still leave.
     *
     * @throws IOException where it may not
     */
    void check() throws IOException;
  }

  /** Sends the channel's next bytes, exactly so many. */
  void send(Exchange exchange, ReadableByteChannel channel, long length) throws IOException {
    send(exchange, channel, length, () -> {});
  }

  /** Sends the channel's next bytes, exactly so many, as long as it is permitted. */
  void send(Exchange exchange, ReadableByteChannel channel, long length, Permission permission)
      throws IOException {
    exchange.contentLength(length);
    if (exchange.isHead() || length == 0) {
      exchange.end();
      return;
    }
    ByteBuffer buffer = borrow();
    try {
      long left = length;
      while (left > 0) {
        buffer.clear().limit((int) Math.min(CHUNK, left));
        if (channel.read(buffer) < 0) {
          throw new EOFException("a file ended " + left + " bytes early");
        }
        buffer.flip();
        left -= buffer.remaining();
        permission.check();
        exchange.write(buffer);
      }
    } finally {
      buffers.offer(buffer);
    }
    exchange.succeeded();
  }

  private ByteBuffer borrow() {
    ByteBuffer buffer = buffers.poll();
    return buffer == null ? ByteBuffer.allocateDirect(CHUNK) : buffer;
  }
}
