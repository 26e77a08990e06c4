package dev.gatehouse.packaging.wheel;

import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the end of a ZIP archive says of its central directory (APPNOTE 4.3.14 to 4.3.16), where it
 * says it in one way only: nothing but its comment follows the end record, nothing lies between
 * directory and end record, and the records of 32 and of 64 bits agree.
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

  /** The most in our corpus are 1,507. */
  private static final long MOST_ENTRIES = 1_000_000;

  ZipEnd {
    if (entries < 0 || entries > MOST_ENTRIES) {
      throw new MalformedException("a wheel has at most %d entries".formatted(MOST_ENTRIES));
    }
  }

  /** Reads the end record, and the one of 64 bits where there is one. */
  static ZipEnd read(ChannelReader archive) throws IOException {
    long at = find(archive);
    archive.seek(at);
    ByteBuffer record = archive.numbers(BYTES);
    if (record.getInt(4) != 0 || record.getShort(8) != record.getShort(10)) {
      throw new MalformedException("a wheel is one archive, not a part of several");
    }
    long entries = Short.toUnsignedLong(record.getShort(10));
    long length = Integer.toUnsignedLong(record.getInt(12));
    long start = Integer.toUnsignedLong(record.getInt(16));
    if (!hasLocator(archive, at)) {
      return adjacent(entries, start, length, at);
    }
    long at64 = at - LOCATOR_BYTES - BYTES_64;
    ByteBuffer record64 = record64(archive, at64);
    return adjacent(
        agreed(entries, SATURATED_16, record64.getLong(32)),
        agreed(start, Zip64Extra.SATURATED, record64.getLong(48)),
        agreed(length, Zip64Extra.SATURATED, record64.getLong(40)),
        at64);
  }

  /**
   * The last signature of an end record, which its comment must bring to the end of the archive.
   */
  private static long find(ChannelReader archive) throws IOException {
    long size = archive.size();
    int tail = (int) Math.min(size, BYTES + LONGEST_COMMENT);
    archive.seek(size - tail);
    ByteBuffer bytes = archive.numbers(tail);
    for (int i = tail - BYTES; i >= 0; i--) {
      if (bytes.getInt(i) == SIGNATURE) {
        if (i + BYTES + Short.toUnsignedInt(bytes.getShort(i + 20)) != tail) {
          throw new MalformedException("a wheel ends with its end record and the comment of that");
        }
        return size - tail + i;
      }
    }
    throw new MalformedException("a wheel is a ZIP archive");
  }

  private static boolean hasLocator(ChannelReader archive, long at) throws IOException {
    if (at < LOCATOR_BYTES + BYTES_64) {
      return false;
    }
    archive.seek(at - LOCATOR_BYTES);
    ByteBuffer locator = archive.numbers(LOCATOR_BYTES);
    if (locator.getInt(0) != LOCATOR_SIGNATURE) {
      return false;
    }
    if (locator.getInt(4) != 0
        || locator.getLong(8) != at - LOCATOR_BYTES - BYTES_64
        || locator.getInt(16) > 1) {
      throw new MalformedException("a wheel's 64-bit end record lies directly before its locator");
    }
    return true;
  }

  private static ByteBuffer record64(ChannelReader archive, long at) throws IOException {
    archive.seek(at);
    ByteBuffer record = archive.numbers(BYTES_64);
    boolean plain = record.getInt(0) == SIGNATURE_64 && record.getLong(4) == BYTES_64 - 12;
    if (!plain || record.getLong(16) != 0 || record.getLong(24) != record.getLong(32)) {
      throw new MalformedException("a wheel's 64-bit end record is malformed");
    }
    return record;
  }

  private static long agreed(long small, long saturated, long large) {
    if (small != saturated && small != large) {
      throw new MalformedException("a wheel's two end records contradict each other");
    }
    return large;
  }

  private static ZipEnd adjacent(long entries, long start, long length, long end) {
    if (start < 0 || length < 0 || start > end || end - start != length) {
      throw new MalformedException("a wheel's directory lies directly before its end record");
    }
    return new ZipEnd(entries, start, end);
  }
}
