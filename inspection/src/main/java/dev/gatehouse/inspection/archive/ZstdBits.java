package dev.gatehouse.inspection.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A bit stream of Zstandard, which is read from its end to its beginning (RFC 8878, 4.1). */
final class ZstdBits {
  /** How many bytes must lie behind a stream, so that eight can be read at once anywhere. */
  static final int SLACK = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private long left;

  /** The stream of these bytes; its last one has a bit that marks the end. */
  ZstdBits(byte[] bytes, int start, int end) throws BrokenException {
    int last = end > start ? Byte.toUnsignedInt(bytes[end - 1]) : 0;
    if (last == 0) {
      throw ZstdStream.damaged();
    }
    this.bytes = bytes;
    this.start = start;
    this.left = 8L * (end - start) - (Integer.numberOfLeadingZeros(last) - 24) - 1;
  }

  /** How many bits are still to be read. */
  long left() {
    return left;
  }

  /** The next bits, at most 32; zeros where the stream has ended. */
  int peek(int count) {
    long from = left - count;
    if (from >= 0) {
      long window = (long) LONGS.get(bytes, start + (int) (from >>> 3));
      return (int) (window >>> (from & 7) & ((1L << count) - 1));
    }
    long rest = left <= 0 ? 0 : (long) LONGS.get(bytes, start) & ((1L << left) - 1);
    return (int) (rest << -from);
  }

  void skip(int count) {
    left -= count;
  }

  /** The next bits, at most 32, all of which must be there. */
  int read(int count) throws BrokenException {
    if (count > left) {
      throw ZstdStream.damaged();
    }
    int value = peek(count);
    left -= count;
    return value;
  }
}
