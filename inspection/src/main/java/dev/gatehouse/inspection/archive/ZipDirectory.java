package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The central directory of a ZIP archive, held as a whole: its entries in the order in which they
 * lie in the archive.
 */
record ZipDirectory(List<ZipEntry> entries, long start) {
  /** What a name and its numbers take in memory, besides the name itself. */
  private static final int BYTES_AN_ENTRY = 150;

  /**
   * Reads it.
   *
   * @throws BrokenException where it is not made of as many entries as the end record says, and of
   *     nothing else
   * @throws LimitException where it would take too much memory
   */
  static ZipDirectory read(ChannelBytes archive, Budget budget) throws IOException {
    ZipEnd end = ZipEnd.read(archive);
    Limits limits = budget.limits();
    if (end.entries() > limits.entries()) {
      throw new LimitException("has more than %d entries".formatted(limits.entries()));
    }
    List<ZipEntry> entries = new ArrayList<>((int) end.entries());
    archive.seek(end.start());
    long memory = 0;
    for (long left = end.entries(); left > 0; left--) {
      if (archive.position() + ZipEntry.FIXED_BYTES > end.end()) {
        throw miscounted();
      }
      ZipEntry entry = next(archive);
      memory += entry.name().length() + BYTES_AN_ENTRY;
      if (memory > 2 * limits.bufferedBytes()) {
        throw new LimitException("has a directory that is too large");
      }
      entries.add(entry);
    }
    if (archive.position() != end.end()) {
      throw miscounted();
    }
    entries.sort(Comparator.comparingLong(ZipEntry::offset));
    return new ZipDirectory(entries, end.start());
  }

  private static BrokenException miscounted() {
    return BrokenException.ambiguous(
        "has a directory with more or fewer entries than its end record says");
  }

  private static ZipEntry next(ChannelBytes archive) throws IOException {
    ByteBuffer fixed = archive.numbers(ZipEntry.FIXED_BYTES);
    if (fixed.getInt(0) != ZipEntry.SIGNATURE) {
      throw miscounted();
    }
    String name = ZipExtra.latin1(archive.bytes(Short.toUnsignedInt(fixed.getShort(28))));
    byte[] extra = archive.bytes(Short.toUnsignedInt(fixed.getShort(30)));
    byte[] comment = archive.bytes(Short.toUnsignedInt(fixed.getShort(32)));
    if (ZipEnd.looksLikeZip(comment, 0)) {
      throw BrokenException.ambiguous("has parts of another archive in the comment of an entry");
    }
    return ZipEntry.parse(fixed, name, extra);
  }
}
