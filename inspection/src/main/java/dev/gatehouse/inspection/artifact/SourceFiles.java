package dev.gatehouse.inspection.artifact;

import dev.gatehouse.inspection.archive.EntryReader;
import java.io.IOException;

/** Gives the files of a folder, one after the other. */
@FunctionalInterface
public interface SourceFiles {
  /**
   * Reads each file once.
   *
   * @param reader what it throws comes from the content: it belongs to that file alone
   * @param unread is told of each file that could not be read, and why
   */
  void read(EntryReader reader, Unread unread);

  /** Is told what could not be read. */
  @FunctionalInterface
  interface Unread {
    /** A file that could not be read. */
    void file(String path, IOException why);
  }
}
