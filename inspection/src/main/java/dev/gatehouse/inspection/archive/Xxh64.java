package dev.gatehouse.inspection.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum of Zstandard's frames: XXH64 with seed 0. */
final class Xxh64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
  private static final int STRIPE = 32;

  private final byte[] held = new byte[STRIPE];
  private int heldCount;
  private long total;
  private long a;
  private long b;
  private long c;
  private long d;

  Xxh64() {
    reset();
  }

  void reset() {
    heldCount = 0;
    total = 0;
    a = P1_PLUS_P2;
    b = P2;
    c = 0;
    d = -P1;
  }

  void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    total += length;
    if (heldCount > 0) {
      int count = Math.min(STRIPE - heldCount, length);
      System.arraycopy(bytes, at, held, heldCount, count);
      heldCount += count;
      at += count;
      if (heldCount == STRIPE) {
        stripe(held, 0);
        heldCount = 0;
      }
    }
    for (; end - at >= STRIPE; at += STRIPE) {
      stripe(bytes, at);
    }
    if (at < end) {
      System.arraycopy(bytes, at, held, 0, end - at);
      heldCount = end - at;
    }
  }

  private void stripe(byte[] bytes, int at) {
    a = round(a, (long) LONGS.get(bytes, at));
    b = round(b, (long) LONGS.get(bytes, at + 8));
    c = round(c, (long) LONGS.get(bytes, at + 16));
    d = round(d, (long) LONGS.get(bytes, at + 24));
  }

  private static long round(long sum, long input) {
    return Long.rotateLeft(sum + input * P2, 31) * P1;
  }

  private static long merge(long sum, long lane) {
    return (sum ^ round(0, lane)) * P1 + P4;
  }

  long value() {
    long sum = P5;
    if (total >= STRIPE) {
      sum =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      sum = merge(merge(merge(merge(sum, a), b), c), d);
    }
    sum += total;
    int at = 0;
    for (; heldCount - at >= 8; at += 8) {
      sum = Long.rotateLeft(sum ^ round(0, (long) LONGS.get(held, at)), 27) * P1 + P4;
    }
    if (heldCount - at >= 4) {
      long lane = Integer.toUnsignedLong((int) INTS.get(held, at)) * P1;
      sum = Long.rotateLeft(sum ^ lane, 23) * P2 + P3;
      at += 4;
    }
    for (; at < heldCount; at++) {
      sum = Long.rotateLeft(sum ^ Byte.toUnsignedLong(held[at]) * P5, 11) * P1;
    }
    sum = (sum ^ sum >>> 33) * P2;
    sum = (sum ^ sum >>> 29) * P3;
    return sum ^ sum >>> 32;
  }
}
