package dev.gatehouse.inspection.environment;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arithmetic of paths, without looking at any disk. */
final class TreePaths {
  private TreePaths() {}

  /**
   * A path relative to a folder, in the tree.
   *
   * @param path with {@code ..} or not; an absolute one begins at the root
   */
  static String resolve(String folder, String path) {
    boolean drive = path.length() > 1 && path.charAt(1) == ':';
    Deque<String> parts = new ArrayDeque<>();
    String whole = path.startsWith("/") || drive ? path : folder + "/" + path;
    for (String part : whole.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  static boolean isInside(String folder, String path) {
    return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
  }

  /** As it is reported of a target with that root. */
  static String relative(String root, String path) {
    if (root.isEmpty() || path.isEmpty()) {
      return path;
    }
    if (isInside(root, path)) {
      return path.equals(root) ? "." : path.substring(root.length() + 1);
    }
    boolean drive = path.length() > 1 && path.charAt(1) == ':';
    return drive || path.startsWith("/") ? path : "/" + path;
  }
}
