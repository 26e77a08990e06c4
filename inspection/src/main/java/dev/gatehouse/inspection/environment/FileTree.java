package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * The files of a disk or of an image, read only. Paths are from its root, with slashes and without
 * one at their start; the root is the empty path, and on Windows a drive is its child: {@code
 * C:/Users}. But for {@link #real}, a path has no link among its folders. A tree never leaves its
 * root, and may be used by several threads.
 */
public interface FileTree {
  /**
   * What lies there; a link is told as a link.
   *
   * @return empty where nothing does
   * @throws IOException where that cannot be told
   */
  Optional<TreeEntry> stat(String path) throws IOException;

  /**
   * What lies in a folder, sorted by name.
   *
   * @throws IOException where it cannot be listed, or is too large
   */
  List<TreeEntry> list(String folder) throws IOException;

  /**
   * Opens a file.
   *
   * @throws IOException where it is none or cannot be read; an image read as a stream opens only
   *     what {@code ImageInspector.isNeededAtOnce} names
   */
  SeekableByteChannel open(String path) throws IOException;

  /**
   * Follows all links of a path, inside the tree.
   *
   * @return empty where nothing lies there
   * @throws OutsideTreeException where a link leads out
   * @throws IOException where that cannot be told, or links lead in a circle
   */
  default Optional<String> real(String path) throws IOException {
    return new LinkWalk(this).real(path);
  }

  /** The entry at the end of all links; empty where nothing lies there. */
  default Optional<TreeEntry> follow(String path) throws IOException {
    Optional<String> real = real(path);
    return real.isPresent() ? stat(real.get()) : Optional.empty();
  }
}
