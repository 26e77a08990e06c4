package dev.gatehouse.inspection.archive;

import org.jspecify.annotations.Nullable;

/**
 * One entry of an archive.
 *
 * @param path relative, with slashes, without {@code .} or {@code ..} parts: safe to compare, never
 *     used to open a file; of an entry of a nested archive, the way to it: {@code a/b.zip!/c/d.py}
 * @param size in bytes, unpacked, as the archive declares it; -1 where it does not
 * @param executable whether the archive gives its owner the right to execute it
 * @param linkTarget of a link, as it is written; null for others
 */
public record ArchiveEntry(
    String path, Type type, long size, boolean executable, @Nullable String linkTarget) {
  /** What an entry is. Devices and the like are findings, never entries. */
  public enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK
  }
}
