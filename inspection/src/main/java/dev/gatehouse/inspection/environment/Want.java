package dev.gatehouse.inspection.environment;

import java.io.IOException;

/**
 * A file that is to be read.
 *
 * @param file by the path that its links lead to
 */
record Want(TreeEntry file, Reader reader) {
  /** Takes the file. */
  @FunctionalInterface
  interface Reader {
    /** Reads it; what the content throws is let pass. */
    void read(Content content) throws IOException;
  }
}
