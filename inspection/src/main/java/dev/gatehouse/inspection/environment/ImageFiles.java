package dev.gatehouse.inspection.environment;

import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import java.util.function.Predicate;

/** Gives the files of an image in its own order. */
@FunctionalInterface
public interface ImageFiles {
  /**
   * Reads the files as they are in the end, each once.
   *
   * @param wanted by their paths, as the tree of the image has them
   */
  ArchiveReading read(Predicate<String> wanted, EntryReader reader);
}
