package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows links as a kernel does whose root is the tree's: an absolute target begins there, and
 * {@code ..} of the root is the root.
 */
final class LinkWalk {
  /** As many as Linux follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private final FileTree tree;
  private int links;

  LinkWalk(FileTree tree) {
    this.tree = tree;
  }

  Optional<String> real(String path) throws IOException {
    Deque<String> done = new ArrayDeque<>();
    Deque<String> left = new ArrayDeque<>(parts(path));
    while (!left.isEmpty()) {
      String part = left.pop();
      if (part.equals("..")) {
        done.pollLast();
        continue;
      }
      done.addLast(part);
      Optional<TreeEntry> entry = tree.stat(String.join("/", done));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      String target = entry.get().linkTarget();
      if (entry.get().isLink() && target != null) {
        follow(path, target, done, left);
      }
    }
    return Optional.of(String.join("/", done));
  }

  private void follow(String path, String target, Deque<String> done, Deque<String> left)
      throws IOException {
    if (++links > MOST_LINKS) {
      throw new IOException("links lead in a circle: " + path);
    }
    done.removeLast();
    if (target.startsWith("/")) {
      done.clear();
    }
    parts(target).reversed().forEach(left::push);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1)).stream()
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
