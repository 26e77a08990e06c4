package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a path of a tree leads to, through the links in it, which a build follows. */
final class TreePaths {
  private static final int MOST_LINKS = 20;
  private static final int LONGEST_TARGET = 4096;

  private final Source source;
  private final Tree tree;
  private final Map<String, String> targets = new HashMap<>();

  TreePaths(Source source, Tree tree) {
    this.source = source;
    this.tree = tree;
  }

  /** The file at the end of it, or the submodule that it leads into. */
  Optional<TreeFile> resolve(String path) throws SourceException {
    Optional<TreeFile> direct = tree.find(path);
    if (direct.isPresent() && direct.get().mode() != TreeFile.Mode.LINK) {
      return direct;
    }
    Deque<String> left = new ArrayDeque<>(List.of(path.split("/", -1)));
    String at = "";
    for (int links = 0; !left.isEmpty(); ) {
      at = at.isEmpty() ? left.removeFirst() : at + "/" + left.removeFirst();
      TreeFile file = tree.find(at).orElse(null);
      if (file == null) {
        continue;
      }
      switch (file.mode()) {
        case LINK -> {
          if (++links > MOST_LINKS) {
            return Optional.empty();
          }
          String target = normal(parent(at), target(file));
          if (target.isEmpty()) {
            return Optional.empty();
          }
          String[] parts = target.split("/", -1);
          for (int i = parts.length - 1; i >= 0; i--) {
            left.addFirst(parts[i]);
          }
          at = "";
        }
        case SUBMODULE -> {
          return Optional.of(file);
        }
        case FILE, EXECUTABLE -> {
          return left.isEmpty() ? Optional.of(file) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private String target(TreeFile link) throws SourceException {
    String known = targets.get(link.path());
    if (known == null) {
      byte[] content = source.read(link.id());
      known = content.length > LONGEST_TARGET ? "" : new String(content, UTF_8);
      targets.put(link.path(), known);
    }
    return known;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Empty where it leads out of the tree. */
  private static String normal(String folder, String target) {
    if (target.startsWith("/")) {
      return "";
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + "/" + target).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return "";
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
