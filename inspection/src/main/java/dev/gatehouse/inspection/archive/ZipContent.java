package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks an entry from the archive's buffer straight into the reader's array, and holds its length
 * and CRC against what the directory says.
 */
final class ZipContent extends EntryContent {
  private final ChannelBytes archive;
  private final ZipEntry entry;
  private final Inflater inflater;
  private final Budget budget;
  private final CRC32 crc = new CRC32();
  private final byte[] head;
  private int headLength;
  private long packedLeft;
  private long unpackedLeft;

  /**
   * The archive stands at the entry's first byte; the inflater is fresh or reset.
   *
   * @param headBytes how many of the first bytes to remember
   */
  ZipContent(
      ChannelBytes archive,
      ZipEntry entry,
      Inflater inflater,
      Budget budget,
      Observations seen,
      byte[] scratch,
      int headBytes) {
    super(seen, scratch);
    this.budget = budget;
    this.archive = archive;
    this.entry = entry;
    this.inflater = inflater;
    this.head = new byte[headBytes];
    this.packedLeft = entry.compressed();
    this.unpackedLeft = entry.size();
  }

  @Override
  int unpack(byte[] target, int offset, int length) throws IOException {
    int count =
        entry.method() == ZipEntry.STORED
            ? copy(target, offset, length)
            : inflate(target, offset, length);
    if (count < 0) {
      checkWhole();
      return -1;
    }
    budget.unpacked(count);
    unpackedLeft -= count;
    if (unpackedLeft < 0) {
      throw BrokenException.corrupt("unpacks to more bytes than it says");
    }
    crc.update(target, offset, count);
    int kept = Math.min(count, head.length - headLength);
    System.arraycopy(target, offset, head, headLength, kept);
    headLength += kept;
    return count;
  }

  /** The first bytes of what was unpacked so far. */
  byte[] head() {
    return Arrays.copyOf(head, headLength);
  }

  private int copy(byte[] target, int offset, int length) throws IOException {
    if (packedLeft == 0) {
      return -1;
    }
    int count = archive.read(target, offset, (int) Math.min(length, packedLeft));
    if (count < 0) {
      throw BrokenException.corrupt("is cut off");
    }
    packedLeft -= count;
    return count;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          supply();
        }
        long before = inflater.getBytesRead();
        int count = inflater.inflate(target, offset, length);
        int consumed = (int) (inflater.getBytesRead() - before);
        archive.take(consumed);
        packedLeft -= consumed;
        if (count > 0) {
          return count;
        }
        if (inflater.needsDictionary()) {
          throw BrokenException.corrupt("is not compressed by deflate");
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw BrokenException.corrupt("is not compressed by deflate, or is damaged");
    }
  }

  private void supply() throws IOException {
    int there = (int) Math.min(archive.fill(), packedLeft);
    if (there == 0) {
      throw BrokenException.corrupt("ends before what it unpacks to does");
    }
    inflater.setInput(archive.array(), archive.index(), there);
  }

  private void checkWhole() throws BrokenException {
    if (packedLeft != 0) {
      // A reader that streams goes on here, and may find another entry.
      throw BrokenException.ambiguous("ends before the last of its compressed bytes");
    }
    if (unpackedLeft != 0) {
      throw BrokenException.corrupt("unpacks to fewer bytes than it says");
    }
    if (crc.getValue() != entry.crc()) {
      throw BrokenException.corrupt("does not have the CRC that it says");
    }
  }
}
