package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Reads files that are small wherever they are what their names say. */
final class SmallFiles {
  /** The RECORD of the largest popular wheel has 2 MB. */
  static final int MOST = 64 * 1024 * 1024;

  private final FileTree tree;

  SmallFiles(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The content of a file, all links followed.
   *
   * @return empty where there is no such file
   * @throws IOException where it cannot be read, or is too large
   */
  Optional<byte[]> read(String path) throws IOException {
    Optional<TreeEntry> entry = tree.follow(path);
    if (entry.isEmpty() || !entry.get().isFile()) {
      return Optional.empty();
    }
    if (entry.get().size() > MOST) {
      throw new IOException("it is larger than %d bytes".formatted(MOST));
    }
    try (SeekableByteChannel bytes = tree.open(entry.get().path())) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes.size(), MOST));
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = bytes.read(buffer);
      }
      return Optional.of(Arrays.copyOf(buffer.array(), buffer.position()));
    }
  }
}
