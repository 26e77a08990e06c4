package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;

/** Receives the entries of an archive, in the archive's own order. */
@FunctionalInterface
public interface EntryReader {
  /**
   * Receives an entry.
   *
   * @param content the unpacked bytes of a file, valid during this call only; what is left unread
   *     is read and checked afterwards. Reading throws {@link IOException} where the entry is
   *     broken or a limit is hit: let it pass.
   */
  void read(ArchiveEntry entry, InputStream content) throws IOException;
}
