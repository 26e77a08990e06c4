package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Bytes that were committed, in whole. */
public interface Blob {
  /** What it is known by. */
  Sha256 sha256();

  /** In bytes. */
  long size();

  /**
   * Opens it for reading, at its first byte. Of a local blob this is a {@link
   * java.nio.channels.FileChannel}, which can be sent without a copy. Each reader opens its own: an
   * interrupt closes the channel of whoever reads from it.
   *
   * @throws IOException when it cannot be read, also because it was deleted meanwhile
   */
  SeekableByteChannel open() throws IOException;
}
