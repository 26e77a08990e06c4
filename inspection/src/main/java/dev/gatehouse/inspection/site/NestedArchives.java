package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import java.util.Optional;

/**
 * Reads the archives that lie in a site directory or an artifact, within the limits of the whole.
 */
@FunctionalInterface
public interface NestedArchives {
  /**
   * Reads an archive; what is wrong with it is in the answer.
   *
   * @param name its file name
   * @param content all of it
   * @param depth how many archives it lies in, itself included
   * @return empty where it is none after all
   */
  Optional<ArchiveReading> read(String name, byte[] content, int depth, EntryReader reader);
}
