package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A blob that is being written. One thread at a time writes, digests, commits and closes it; any
 * number of others may follow it meanwhile with {@link #written} and {@link #read}.
 */
public interface StagedBlob extends AutoCloseable {
  /**
   * Appends all that remains in the buffer.
   *
   * @throws IOException when the disk is full or fails, or this thread is interrupted. What is
   *     staged is then good for nothing: followers can still read what came before, but it cannot
   *     be written to or committed.
   */
  void write(ByteBuffer source) throws IOException;

  /** How many bytes were written, and can be read, so far. */
  long written();

  /**
   * Reads what was written already, from that position on, without waiting for more. Works until
   * this is closed, also after the commit. An interrupt does not disturb other readers.
   *
   * @return how many bytes were read; 0 when none are there yet, never -1
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** The local file that holds what was written; readable until the commit. */
  Path path();

  /** The digest of what was written so far. */
  Sha256 digest();

  /**
   * Makes what was written a blob: visible to all at once, and safe from a loss of power. Where the
   * store has a blob of that digest already, that one stays and is returned. A second call returns
   * the same.
   *
   * @throws IOException when it could not be made safe; nothing became visible, and it may be tried
   *     again unless the disk had failed
   */
  Blob commit() throws IOException;

  /** Discards what was not committed, and ends the reading of followers. */
  @Override
  void close() throws IOException;
}
