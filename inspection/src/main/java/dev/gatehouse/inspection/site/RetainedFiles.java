package dev.gatehouse.inspection.site;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sources that a later file may turn out to run at start-up, kept until all files were seen. What
 * lies shallow has its own room: a {@code .pth} names top-level modules.
 */
final class RetainedFiles {
  private static final long ROOM = 32L * 1024 * 1024;

  /** Of files that code may read and execute; payloads were much smaller. */
  private static final long DATA_ROOM = 8L * 1024 * 1024;

  /** A larger file is not kept. */
  static final int MOST_DATA = 256 * 1024;

  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, byte[]> data = new TreeMap<>();
  private final Set<String> passedOver = new TreeSet<>();
  private long shallowRoom = ROOM;
  private long deepRoom = ROOM;
  private long dataRoom = DATA_ROOM;

  /** Keeps it if there is room. */
  void keep(String path, byte[] content) {
    boolean shallow = isShallow(path);
    long left = (shallow ? shallowRoom : deepRoom) - content.length;
    if (left >= 0) {
      contents.put(path, content);
      if (shallow) {
        shallowRoom = left;
      } else {
        deepRoom = left;
      }
    }
  }

  /** Keeps a file that is no source, if it is small and there is room. */
  void keepData(String path, byte[] content) {
    if (content.length <= MOST_DATA && content.length <= dataRoom) {
      data.put(path, content);
      dataRoom -= content.length;
    } else {
      passOver(path);
    }
  }

  /** Remembers that there is such a file. */
  void passOver(String path) {
    passedOver.add(path);
  }

  /** The files that are no sources, and that were too large. */
  Set<String> passedOver() {
    return passedOver;
  }

  /** The files that are no sources. */
  Map<String, byte[]> data() {
    return data;
  }

  byte @Nullable [] find(String path) {
    return contents.get(path);
  }

  Map<String, byte[]> all() {
    return contents;
  }

  /** A top-level module, or what importing a top-level package runs. */
  private static boolean isShallow(String path) {
    int slash = path.indexOf('/');
    return slash < 0 || (path.indexOf('/', slash + 1) < 0 && path.endsWith("/__init__.py"));
  }
}
