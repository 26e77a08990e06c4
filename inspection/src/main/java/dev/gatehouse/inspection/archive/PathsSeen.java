package dev.gatehouse.inspection.archive;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The paths of an archive so far, to see which of them meet on a disk. */
final class PathsSeen {
  /** How a path meets one that was seen before. */
  enum Meeting {
    NONE,
    /** The very same path, at least one of the two no folder. */
    SAME,
    /** A file where the other needs a folder. */
    FILE_AS_FOLDER,
    /** The same on a disk that does not tell cases or forms of Unicode apart: macOS, Windows. */
    SAME_FOLDED
  }

  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private final Map<String, String> folded = new HashMap<>();

  /** Adds a folder; several entries for one are common. */
  Meeting addFolder(String path) {
    if (files.contains(path)) {
      return Meeting.SAME;
    }
    return addFolders(path) ? Meeting.NONE : Meeting.FILE_AS_FOLDER;
  }

  /** Adds a file or link. */
  Meeting addFile(String path) {
    if (!files.add(path)) {
      return Meeting.SAME;
    }
    if (folders.contains(path)) {
      return Meeting.FILE_AS_FOLDER;
    }
    int slash = path.lastIndexOf('/');
    if (slash > 0 && !addFolders(path.substring(0, slash))) {
      return Meeting.FILE_AS_FOLDER;
    }
    String before = folded.putIfAbsent(fold(path), path);
    return before == null || before.equals(path) ? Meeting.NONE : Meeting.SAME_FOLDED;
  }

  private boolean addFolders(String path) {
    String folder = path;
    while (folders.add(folder)) {
      if (files.contains(folder)) {
        return false;
      }
      int slash = folder.lastIndexOf('/');
      if (slash <= 0) {
        return true;
      }
      folder = folder.substring(0, slash);
    }
    return true;
  }

  private static String fold(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c > 127) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
      }
    }
    return path.toLowerCase(Locale.ROOT);
  }
}
