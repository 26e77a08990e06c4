package dev.gatehouse.packaging.wheel;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the central directory says of one entry. All that we look for is ASCII, so names are read
 * byte by byte.
 */
record ZipEntry(
    String name, int flags, int method, long crc, long compressed, long size, long headerOffset) {
  static final int SIGNATURE = 0x02014b50;

  /** Without name, extra field and comment. */
  static final int FIXED_BYTES = 46;

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Encryption, strong encryption, and a masked directory. */
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

  /** Whether CRC and sizes follow the entry's bytes instead of standing in its header. */
  private static final int DESCRIPTOR = 1 << 3;

  ZipEntry {
    if (name.indexOf(0) >= 0) {
      // Python's zipfile reads such a name up to the NUL, others read all of it.
      throw new MalformedException("a wheel's file names have no NUL, unlike " + quoted(name));
    }
  }

  /** Of an entry's flags, those that decide how its bytes are to be read. */
  static int layout(int flags) {
    return flags & (ENCRYPTED | DESCRIPTOR);
  }

  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean isSupported() {
    return method == STORED || method == DEFLATED;
  }

  /** Reads an entry whose fixed part, name and extra field are given. */
  static ZipEntry of(ByteBuffer fixed, byte[] name, ByteBuffer extra) {
    Zip64Extra zip64 = new Zip64Extra(extra);
    long size = zip64.value(unsigned(fixed, 24));
    long compressed = zip64.value(unsigned(fixed, 20));
    long headerOffset = zip64.value(unsigned(fixed, 42));
    return new ZipEntry(
        new String(name, StandardCharsets.ISO_8859_1),
        Short.toUnsignedInt(fixed.getShort(8)),
        Short.toUnsignedInt(fixed.getShort(10)),
        unsigned(fixed, 16),
        compressed,
        size,
        headerOffset);
  }

  private static long unsigned(ByteBuffer buffer, int index) {
    return Integer.toUnsignedLong(buffer.getInt(index));
  }
}
