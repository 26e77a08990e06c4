package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;
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
    return read("", () -> new ChannelBytes(bytes), format, budget, reader);
  }

  /**
   * Reads all of an archive that is an entry of another one, while that entry is being received.
   *
   * @param outer what was received; its path comes before all others here, with {@code !/} behind
   *     it
   * @param content of the entry; of a ZIP archive it is held in memory, and is a problem where it
   *     is larger than the budget's limits allow
   * @param budget of the outer archive, which all of this counts against
   */
  public static ArchiveReading readNested(
      ArchiveEntry outer,
      InputStream content,
      ArchiveFormat format,
      Budget budget,
      EntryReader reader) {
    return read(
        outer.path() + "!/",
        () ->
            format == ArchiveFormat.ZIP
                ? held(content, budget.limits().bufferedBytes())
                : new ChannelBytes(content, outer.size() < 0 ? Long.MAX_VALUE : outer.size()),
        format,
        budget,
        reader);
  }

  private static ChannelBytes held(InputStream content, long most) throws IOException {
    byte[] bytes = content.readNBytes((int) most + 1);
    if (bytes.length > most) {
      throw new LimitException(
          "lies in another archive and has more than %d bytes".formatted(most));
    }
    return new ChannelBytes(bytes);
  }

  private interface Opening {
    ChannelBytes open() throws IOException;
  }

  private static ArchiveReading read(
      String prefix, Opening opening, ArchiveFormat format, Budget budget, EntryReader reader) {
    Delivery delivery = new Delivery(prefix, budget, reader);
    try {
      ChannelBytes archive = opening.open();
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
      delivery.unread(delivery.current(), e);
    } catch (IOException e) {
      delivery.seen().problem(delivery.current(), "could not be read: " + e.getMessage());
    }
    return delivery.seen().reading();
  }
}
