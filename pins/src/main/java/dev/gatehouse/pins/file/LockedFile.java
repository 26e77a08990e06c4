package dev.gatehouse.pins.file;

import dev.gatehouse.pins.text.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that a lock names.
 *
 * @param filename as it is named, or as the address ends; not checked
 * @param address an URL or a path, as it was written; null where the lock gives none
 * @param hashes may be empty
 */
public record LockedFile(
    String filename, @Nullable String address, List<StatedHash> hashes, Location location) {
  /** Takes a copy. */
  public LockedFile {
    hashes = List.copyOf(hashes);
  }

  /** The last part of an URL or path, without query and fragment. */
  public static String filenameOf(String address) {
    int end = 0;
    while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
      end++;
    }
    String path = address.substring(0, end);
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
