package dev.gatehouse.inspection.environment;

import org.jspecify.annotations.Nullable;

/**
 * A file, folder or link of a {@link FileTree}.
 *
 * @param path from the root of the tree, with slashes, without one at its start
 * @param size in bytes, of a file; 0 for others
 * @param mode the nine permission bits of POSIX; -1 where the disk has none
 * @param linkTarget of a link, as it is written; null for others
 */
public record TreeEntry(String path, Type type, long size, int mode, @Nullable String linkTarget) {
  private static final int OTHERS_WRITE = 0002;

  /** What an entry is. */
  public enum Type {
    FILE,
    FOLDER,
    LINK,
    /** A device, socket or pipe: never opened. */
    OTHER
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isFile() {
    return type == Type.FILE;
  }

  boolean isFolder() {
    return type == Type.FOLDER;
  }

  boolean isLink() {
    return type == Type.LINK;
  }

  /** Whether any user of the machine may change it. */
  boolean isWritableByAll() {
    return mode >= 0 && (mode & OTHERS_WRITE) != 0;
  }

  boolean isExecutable() {
    return mode >= 0 && (mode & 0100) != 0;
  }
}
