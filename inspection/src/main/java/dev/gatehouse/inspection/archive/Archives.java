package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Reads archives of strangers, entry by entry, without unpacking them anywhere. */
public final class Archives {
  private Archives() {}

  /**
   * Reads all of an archive. Whatever is in it, this ends within the budget and throws nothing:
   * what is wrong with the archive is a finding, what could not be read is a problem, and only what
   * was read to its end and found to be what the archive says is neither.
   *
   * @param bytes read from its first byte; left open
   * @param budget of the target that the archive belongs to
   * @param reader receives each entry, in the archive's order; where it throws an {@link
   *     IOException} itself, that is a problem of the entry, and the reading goes on
   */
  public static ArchiveReading read(
      SeekableByteChannel bytes, ArchiveFormat format, Budget budget, EntryReader reader) {
    return read("", bytes, format, budget, reader);
  }

  static ArchiveReading read(
      String prefix,
      SeekableByteChannel bytes,
      ArchiveFormat format,
      Budget budget,
      EntryReader reader) {
    Delivery delivery = new Delivery(prefix, budget, reader);
    try {
      ChannelBytes archive = new ChannelBytes(bytes);
      budget.enter(archive.size());
      try {
        if (format == ArchiveFormat.ZIP) {
          ZipReading.read(archive, delivery);
        } else {
          TarReading.read(format, archive, delivery);
        }
      } finally {
        budget.leave();
      }
    } catch (BrokenException e) {
      delivery.archiveBroken(e);
    } catch (LimitException e) {
      delivery.unread(delivery.seen().current(), e);
    } catch (IOException e) {
      delivery.seen().problem(delivery.seen().current(), "could not be read: " + e.getMessage());
    }
    return delivery.seen().reading();
  }
}
