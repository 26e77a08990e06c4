package dev.gatehouse.packaging.wheel;

import dev.gatehouse.packaging.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The extra field that holds, one after another, the numbers which do not fit into 32 bits (APPNOTE
 * 4.5.3).
 */
final class Zip64Extra {
  private static final int TAG = 1;

  /** What a 32-bit number is whose value stands in this field. */
  static final long SATURATED = 0xffff_ffffL;

  private final ByteBuffer numbers;

  Zip64Extra(ByteBuffer extra) {
    this.numbers = find(extra).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The number itself, or the next one here where it is saturated. Ask in the order of the
   * specification.
   */
  long value(long number) {
    if (number != SATURATED) {
      return number;
    }
    if (numbers.remaining() < Long.BYTES) {
      throw new MalformedException("a wheel's directory lacks a 64-bit number");
    }
    long value = numbers.getLong();
    if (value < 0) {
      throw new MalformedException("a wheel's directory has a number beyond 63 bits");
    }
    return value;
  }

  private static ByteBuffer find(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int tag = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      if (length > extra.remaining()) {
        break;
      }
      if (tag == TAG) {
        return extra.slice(extra.position(), length);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }
}
