package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Reads files that are small wherever they are what their names say. */
final class SmallFiles {
  /** The RECORD of the largest popular wheel has 2 MB. */
  static final int RECORD = 32 * 1024 * 1024;

  /** What people or tools write in a few lines. */
  static final int CONFIGURATION = 1024 * 1024;

  private final FileTree tree;

  SmallFiles(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The content of a file, all links followed.
   *
   * @param most how many bytes it may have
   * @return empty where there is no such file
   * @throws IOException where it cannot be read, or is too large
   */
  Optional<byte[]> read(String path, int most) throws IOException {
    Optional<TreeEntry> entry = tree.follow(path);
    if (entry.isEmpty() || !entry.get().isFile()) {
      return Optional.empty();
    }
    if (entry.get().size() > most) {
      throw new TooLargeException(most);
    }
    try (SeekableByteChannel bytes = tree.open(entry.get().path())) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes.size(), most));
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = bytes.read(buffer);
      }
      return Optional.of(Arrays.copyOf(buffer.array(), buffer.position()));
    }
  }
}
