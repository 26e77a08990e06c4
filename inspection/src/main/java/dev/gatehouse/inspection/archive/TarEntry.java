package dev.gatehouse.inspection.archive;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar archive, with all that pax and GNU headers before it say.
 *
 * @param name as it is written
 * @param type the type flag; {@code '0'} for all that are plain files
 * @param size of its data in the archive
 * @param mode rights and, in the lowest 9 bits only, nothing of the type
 * @param linkName empty where it is no link
 * @param sparse whether its data is not the file's content but parts of it
 * @param doubt why another reader would take it for another entry, after "the entry"; null where
 *     none would
 */
record TarEntry(
    String name,
    char type,
    long size,
    int mode,
    String linkName,
    boolean sparse,
    @Nullable String doubt) {
  boolean isFile() {
    return type == '0';
  }

  boolean isFolder() {
    return type == '5';
  }

  boolean isHardLink() {
    return type == '1';
  }

  boolean isSymbolicLink() {
    return type == '2';
  }

  boolean isSpecial() {
    return type == '3' || type == '4' || type == '6';
  }
}
