package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an entry says of itself, before and behind its bytes (APPNOTE 4.3.7, 4.3.9), against
 * what the central directory says of it: readers that stream believe the one, others the other
 * (CVE-2025-54368).
 */
final class ZipHeader {
  static final int SIGNATURE = 0x04034b50;
  static final int BYTES = 30;

  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;

  private ZipHeader() {}

  /**
   * Reads the header and stops at the entry's first byte.
   *
   * @return in what the two differ; null where they agree
   * @throws BrokenException where there is no header
   */
  static @Nullable String difference(ChannelBytes archive, ZipEntry entry) throws IOException {
    ByteBuffer header = archive.numbers(BYTES);
    if (header.getInt(0) != SIGNATURE) {
      throw BrokenException.ambiguous("does not begin where the directory says");
    }
    String name = ZipExtra.latin1(archive.bytes(Short.toUnsignedInt(header.getShort(26))));
    byte[] extraBytes = archive.bytes(Short.toUnsignedInt(header.getShort(28)));
    if (!name.equals(entry.name())) {
      return "has another name in its own header than in the directory";
    }
    int flags = Short.toUnsignedInt(header.getShort(6));
    if (ZipEntry.meaning(flags) != ZipEntry.meaning(entry.flags())) {
      return "has other flags in its own header than in the directory";
    }
    if (Short.toUnsignedInt(header.getShort(8)) != entry.method()) {
      return "is compressed in another way by its own header than by the directory";
    }
    ZipExtra extra = ZipExtra.parse(extraBytes, name);
    if (extra.renames(name)) {
      return "has a second name in UTF-8 that is another one";
    }
    return numbersAgree(header, extra.zip64(), entry)
        ? null
        : "has another size or CRC in its own header than in the directory";
  }

  private static boolean numbersAgree(
      ByteBuffer header, @Nullable ByteBuffer zip64, ZipEntry entry) {
    long crc = unsigned(header, 14);
    long compressed = unsigned(header, 18);
    long size = unsigned(header, 22);
    if (zip64 != null) {
      // In a header both are there or none (4.5.3). Some write them without need, and must repeat.
      if (zip64.limit() < 16) {
        return false;
      }
      long largeSize = zip64.getLong(0);
      long largeCompressed = zip64.getLong(8);
      boolean needed = size == ZipExtra.SATURATED || compressed == ZipExtra.SATURATED;
      if (!needed && !entry.hasDescriptor()) {
        if (largeSize != size || largeCompressed != compressed) {
          return false;
        }
      }
      size = largeSize;
      compressed = largeCompressed;
    }
    if (entry.hasDescriptor()) {
      return (crc == 0 || crc == entry.crc())
          && (compressed == 0 || compressed == entry.compressed())
          && (size == 0 || size == entry.size());
    }
    return crc == entry.crc() && compressed == entry.compressed() && size == entry.size();
  }

  /**
   * Holds the descriptor behind an entry against the directory.
   *
   * @param length of all that lies between the entry's last byte and the next entry
   */
  static boolean descriptorAgrees(ChannelBytes archive, ZipEntry entry, long length)
      throws IOException {
    if (length != 12 && length != 16 && length != 20 && length != 24) {
      return false;
    }
    ByteBuffer descriptor = archive.numbers((int) length);
    int at = 0;
    if (length == 16 || length == 24) {
      if (descriptor.getInt(0) != DESCRIPTOR_SIGNATURE) {
        return false;
      }
      at = 4;
    }
    boolean large = length >= 20;
    long compressed = large ? descriptor.getLong(at + 4) : unsigned(descriptor, at + 4);
    long size = large ? descriptor.getLong(at + 12) : unsigned(descriptor, at + 8);
    return unsigned(descriptor, at) == entry.crc()
        && compressed == entry.compressed()
        && size == entry.size();
  }

  private static long unsigned(ByteBuffer buffer, int index) {
    return Integer.toUnsignedLong(buffer.getInt(index));
  }
}
