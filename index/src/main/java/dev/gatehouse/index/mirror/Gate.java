package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Decides over an artifact's bytes before the last of them leave. The bytes are kept before it is
 * asked: what it refuses stays as evidence, and is not fetched again.
 */
@FunctionalInterface
public interface Gate {
  /**
   * Whether the bytes may leave. What it decides, it has stored when it returns. May block for as
   * long as an inspection takes.
   *
   * @param bytes positioned anywhere; not closed
   */
  boolean opens(Sha256 sha256, SeekableByteChannel bytes) throws IOException, InterruptedException;
}
