package dev.gatehouse.inspection.site;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sources that a later file may turn out to run at start-up, kept until all files were seen. What
 * lies shallow has its own room: a {@code .pth} names top-level modules.
 */
final class RetainedFiles {
  private static final long ROOM = 32L * 1024 * 1024;

  private final Map<String, byte[]> contents = new HashMap<>();
  private long shallowRoom = ROOM;
  private long deepRoom = ROOM;

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
