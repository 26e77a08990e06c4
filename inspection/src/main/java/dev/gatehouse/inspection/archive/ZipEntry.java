package dev.gatehouse.inspection.archive;

import java.nio.ByteBuffer;

/**
 * What the central directory of a ZIP archive says of one entry (APPNOTE 4.3.12).
 *
 * @param name a character a byte, as all names of bytes are here until their encoding is known
 * @param mode what Unix writers say of a file's type and rights; 0 where nothing is said
 */
record ZipEntry(
    String name,
    int flags,
    int method,
    long crc,
    long compressed,
    long size,
    long offset,
    int mode,
    ZipExtra extra) {
  static final int SIGNATURE = 0x02014b50;

  /** Without name, extra field and comment. */
  static final int FIXED_BYTES = 46;

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Encryption, strong encryption, and a masked directory. */
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

  /** CRC and sizes follow the entry's bytes instead of standing in its header. */
  private static final int DESCRIPTOR = 1 << 3;

  private static final int PATCH = 1 << 5;
  private static final int UTF_8 = 1 << 11;

  /** Of an entry's flags, those that decide how its name and its bytes are to be read. */
  static int meaning(int flags) {
    return flags & (ENCRYPTED | DESCRIPTOR | PATCH | UTF_8);
  }

  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean isUtf8() {
    return (flags & UTF_8) != 0;
  }

  boolean isReadable() {
    return (method == STORED || method == DEFLATED) && (flags & PATCH) == 0;
  }

  /** The file's type by the attributes that Unix writers set; 0 where none is given. */
  int fileType() {
    return mode & 0170000;
  }

  boolean isExecutable() {
    return (mode & 0100) != 0;
  }

  /** Reads an entry whose fixed part, name and extra field are given. */
  static ZipEntry parse(ByteBuffer fixed, String name, byte[] extraBytes) throws BrokenException {
    ZipExtra extra = ZipExtra.parse(extraBytes, name);
    long compressed = unsigned(fixed, 20);
    long size = unsigned(fixed, 24);
    long offset = unsigned(fixed, 42);
    ByteBuffer zip64 = extra.zip64();
    if (zip64 != null) {
      ByteBuffer large = zip64.duplicate().order(zip64.order());
      size = next(large, size);
      compressed = next(large, compressed);
      offset = next(large, offset);
      if (large.hasRemaining() && !repeats(zip64, size, compressed, offset)) {
        throw BrokenException.ambiguous("has more numbers of 64 bits than it needs");
      }
    }
    if (size < 0 || compressed < 0 || offset < 0 || fixed.getShort(34) != 0) {
      throw BrokenException.ambiguous("has impossible sizes, or lies in another archive");
    }
    return new ZipEntry(
        name,
        Short.toUnsignedInt(fixed.getShort(8)),
        Short.toUnsignedInt(fixed.getShort(10)),
        unsigned(fixed, 16),
        compressed,
        size,
        offset,
        fixed.getInt(38) >>> 16,
        extra);
  }

  private static long next(ByteBuffer large, long small) throws BrokenException {
    if (small != ZipExtra.SATURATED) {
      return small;
    }
    if (large.remaining() < 8) {
      throw BrokenException.ambiguous("has fewer numbers of 64 bits than it needs");
    }
    return large.getLong();
  }

  /** Some writers give all numbers in 64 bits, needed or not. */
  private static boolean repeats(ByteBuffer zip64, long... values) {
    if (zip64.limit() % 8 != 0 || zip64.limit() > 8 * values.length) {
      return false;
    }
    for (int i = 0; i < zip64.limit() / 8; i++) {
      if (zip64.getLong(8 * i) != values[i]) {
        return false;
      }
    }
    return true;
  }

  private static long unsigned(ByteBuffer buffer, int index) {
    return Integer.toUnsignedLong(buffer.getInt(index));
  }
}
