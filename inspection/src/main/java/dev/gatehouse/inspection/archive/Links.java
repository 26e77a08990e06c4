package dev.gatehouse.inspection.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The symbolic links of an archive, and where they lead through one another. */
final class Links {
  /** What Linux follows at most. */
  private static final int MOST_HOPS = 40;

  private final Map<String, String> targets = new HashMap<>();

  void add(String path, String target) {
    targets.put(path, target);
  }

  boolean contains(String path) {
    return targets.containsKey(path);
  }

  /** A link that the path goes through on its way; null where there is none. */
  @Nullable String through(String path) {
    if (targets.isEmpty()) {
      return null;
    }
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String folder = path.substring(0, slash);
      if (targets.containsKey(folder)) {
        return folder;
      }
    }
    return null;
  }

  /** All links that lead out of the archive, by themselves or through another one. */
  List<String> escaping() {
    return targets.keySet().stream().filter(this::escapes).sorted().toList();
  }

  /** What a link says. */
  String target(String path) {
    return targets.getOrDefault(path, "");
  }

  private boolean escapes(String path) {
    Deque<String> ahead = new ArrayDeque<>(parts(path));
    List<String> behind = new ArrayList<>();
    int hops = 0;
    while (!ahead.isEmpty()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        if (behind.isEmpty()) {
          return true;
        }
        behind.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        behind.add(part);
        String target = targets.get(String.join("/", behind));
        if (target != null) {
          behind.removeLast();
          hops++;
          if (isAbsolute(target)) {
            return true;
          }
          if (hops > MOST_HOPS) {
            // A ring leads nowhere.
            return false;
          }
          parts(target).reversed().forEach(ahead::push);
        }
      }
    }
    return false;
  }

  /** Whether a single link leads out, with no other one known. */
  static boolean escapes(String path, String target) {
    Links links = new Links();
    links.add(path, target);
    return links.escapes(path);
  }

  private static List<String> parts(String path) {
    return List.of(path.replace('\\', '/').split("/", -1));
  }

  private static boolean isAbsolute(String target) {
    return target.startsWith("/")
        || target.startsWith("\\")
        || target.indexOf(0) >= 0
        || (target.length() >= 2
            && target.charAt(1) == ':'
            && Character.isLetter(target.charAt(0)));
  }
}
