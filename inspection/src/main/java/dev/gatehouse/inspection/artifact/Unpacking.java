package dev.gatehouse.inspection.artifact;

import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reads an artifact and the archives inside, all within one set of limits. */
@FunctionalInterface
interface Unpacking {
  /**
   * Reads an archive.
   *
   * @param filename tells the format; where it does not, the first bytes do
   * @param depth 0 for the artifact itself
   * @return empty where it is no archive of a known format
   */
  Optional<ArchiveReading> read(
      String filename, SeekableByteChannel bytes, int depth, EntryReader reader);
}
