package dev.gatehouse.inspection.artifact;

import dev.gatehouse.inspection.archive.ArchiveFormat;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.Archives;
import dev.gatehouse.inspection.archive.Budget;
import dev.gatehouse.inspection.archive.EntryReader;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.site.NestedArchives;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Reads a target and the archives in it within one budget. */
public final class ArchiveUnpacking implements Unpacking, NestedArchives {
  private static final int HEAD = 512;

  private final Budget budget;

  /** Starts the clock of one target. */
  public ArchiveUnpacking(Limits limits, InstantSource clock) {
    this.budget = new Budget(limits, clock);
  }

  /** The bytes decide where the name says nothing; where both speak, the name does. */
  @Override
  public Optional<ArchiveReading> read(
      String filename, SeekableByteChannel bytes, int depth, EntryReader reader) {
    return ArchiveFormat.find(filename)
        .or(() -> ArchiveFormat.sniff(head(bytes)))
        .map(format -> Archives.read(bytes, format, budget, reader));
  }

  @Override
  public Optional<ArchiveReading> read(String name, byte[] content, int depth, EntryReader reader) {
    return read(name, new SeekableInMemoryByteChannel(content), depth, reader);
  }

  /** As much as can be read; whoever reads the rest says why it cannot be. */
  private static byte[] head(SeekableByteChannel bytes) {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    try {
      bytes.position(0);
      while (head.hasRemaining() && bytes.read(head) >= 0) {
        // Goes on.
      }
    } catch (IOException _) {
      return new byte[0];
    }
    return Arrays.copyOf(head.array(), head.position());
  }
}
