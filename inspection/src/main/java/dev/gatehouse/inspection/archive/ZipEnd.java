package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the end of a ZIP archive says of its central directory (APPNOTE 4.3.14 to 4.3.16), where it
 * says it in one way only: one end record with nothing but its comment after it, the directory
 * directly before it, and no contradiction between the records of 32 and of 64 bits.
 *
 * @param entries how many the directory has
 * @param start where the directory begins
 * @param end where it ends, and the first end record begins
 */
record ZipEnd(long entries, long start, long end) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int BYTES_64 = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final long SATURATED_16 = 0xffff;
  private static final long SATURATED_32 = 0xffffffffL;

  static ZipEnd read(ChannelBytes archive) throws IOException {
    long at = find(archive);
    archive.seek(at);
    ByteBuffer record = archive.numbers(BYTES);
    long entries = Short.toUnsignedLong(record.getShort(10));
    if (record.getInt(4) != 0 || Short.toUnsignedLong(record.getShort(8)) != entries) {
      throw BrokenException.ambiguous("says that it is a part of several");
    }
    long length = Integer.toUnsignedLong(record.getInt(12));
    long start = Integer.toUnsignedLong(record.getInt(16));
    if (!hasLocator(archive, at)) {
      return adjacent(entries, start, length, at);
    }
    long at64 = at - LOCATOR_BYTES - BYTES_64;
    ByteBuffer record64 = record64(archive, at64);
    return adjacent(
        agreed(entries, SATURATED_16, record64.getLong(32)),
        agreed(start, SATURATED_32, record64.getLong(48)),
        agreed(length, SATURATED_32, record64.getLong(40)),
        at64);
  }

  /**
   * The last end record. Readers look for it in different ways, so there must be no second thing
   * that looks like one behind it, and nothing after its comment (CVE-2025-13327).
   */
  private static long find(ChannelBytes archive) throws IOException {
    int tail = (int) Math.min(archive.size(), BYTES + LONGEST_COMMENT);
    archive.seek(archive.size() - tail);
    byte[] bytes = archive.bytes(tail);
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = tail - BYTES; i >= 0; i--) {
      if (bytes[i] == 'P' && numbers.getInt(i) == SIGNATURE) {
        int comment = Short.toUnsignedInt(numbers.getShort(i + 20));
        if (i + BYTES + comment != tail) {
          throw BrokenException.ambiguous(
              "goes on after its end record, or was cut off in its comment");
        }
        if (looksLikeZip(bytes, i + BYTES)) {
          throw BrokenException.ambiguous("has parts of another archive in its comment");
        }
        return archive.size() - tail + i;
      }
    }
    throw BrokenException.corrupt("has no end record: it is no ZIP archive, or was cut off");
  }

  /** Whether there is anything that a reader could take for a part of an archive. */
  static boolean looksLikeZip(byte[] bytes, int from) {
    String text = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    return text.contains("PK\1\2")
        || text.contains("PK\3\4")
        || text.contains("PK\5\6")
        || text.contains("PK\6\6")
        || text.contains("PK\6\7");
  }

  private static boolean hasLocator(ChannelBytes archive, long at) throws IOException {
    if (at < LOCATOR_BYTES) {
      return false;
    }
    archive.seek(at - LOCATOR_BYTES);
    ByteBuffer locator = archive.numbers(LOCATOR_BYTES);
    if (locator.getInt(0) != LOCATOR_SIGNATURE) {
      return false;
    }
    if (at < LOCATOR_BYTES + BYTES_64
        || locator.getInt(4) != 0
        || locator.getLong(8) != at - LOCATOR_BYTES - BYTES_64
        || locator.getInt(16) != 1) {
      throw BrokenException.ambiguous("has a 64-bit end record that lies elsewhere than it says");
    }
    return true;
  }

  private static ByteBuffer record64(ChannelBytes archive, long at) throws IOException {
    archive.seek(at);
    ByteBuffer record = archive.numbers(BYTES_64);
    if (record.getInt(0) != SIGNATURE_64
        || record.getLong(4) != BYTES_64 - 12
        || record.getLong(16) != 0
        || record.getLong(24) != record.getLong(32)) {
      throw BrokenException.ambiguous("has a 64-bit end record of an unusual form");
    }
    return record;
  }

  private static long agreed(long small, long saturated, long large) throws BrokenException {
    if (small != saturated && small != large) {
      throw BrokenException.ambiguous("has two end records that contradict each other");
    }
    return large;
  }

  private static ZipEnd adjacent(long entries, long start, long length, long end)
      throws BrokenException {
    if (entries < 0 || start < 0 || length < 0 || start > end || end - start != length) {
      throw BrokenException.ambiguous(
          "has a directory that does not lie where its end record says: bytes were put before it"
              + " or between");
    }
    return new ZipEnd(entries, start, end);
  }
}
