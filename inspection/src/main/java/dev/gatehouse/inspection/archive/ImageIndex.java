package dev.gatehouse.inspection.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image as a container would see them, without their content: layers put over one
 * another, whiteouts done, hard links as files of their own. Paths have no slash at their beginning
 * or end; the empty one is the top.
 */
public final class ImageIndex {
  private static final int MOST_HOPS = 40;
  private static final Node FOLDER = new Node(ArchiveEntry.Type.DIRECTORY, 0, 0755, null, -1);

  /**
   * A file, folder or symbolic link.
   *
   * @param size in bytes
   * @param mode the rights: 0755
   * @param linkTarget of a symbolic link, as it is written; null for others
   * @param origin the entry of the archive that holds its content
   */
  public record Node(
      ArchiveEntry.Type type, long size, int mode, @Nullable String linkTarget, long origin) {}

  private final NavigableMap<String, Node> nodes;
  private final Map<Long, byte[]> contents;
  private final List<String> roots;
  private final Map<String, List<String>> children = new HashMap<>();

  ImageIndex(NavigableMap<String, Node> nodes, Map<Long, byte[]> contents, List<String> roots) {
    this.nodes = nodes;
    this.contents = contents;
    this.roots = List.copyOf(roots);
    for (String path : nodes.keySet()) {
      int slash = path.lastIndexOf('/');
      children
          .computeIfAbsent(slash < 0 ? "" : path.substring(0, slash), folder -> new ArrayList<>())
          .add(path.substring(slash + 1));
    }
  }

  /**
   * The folders that are the top of a file system: the empty path where the archive has one image,
   * a folder for each where it has several.
   */
  public List<String> roots() {
    return roots;
  }

  /** All paths but the top, sorted. */
  public List<String> paths() {
    return List.copyOf(nodes.keySet());
  }

  /** What is there, without following a link in its last part or anywhere else. */
  public Optional<Node> stat(String path) {
    return path.isEmpty() ? Optional.of(FOLDER) : Optional.ofNullable(nodes.get(path));
  }

  /** The names in a folder, sorted; none where it is no folder. */
  public List<String> list(String folder) {
    return Collections.unmodifiableList(children.getOrDefault(folder, List.of()));
  }

  /**
   * Where a path leads, all links followed as inside a container: absolute ones from the image's
   * top, and none above it. Empty where nothing is there, or links go in a ring.
   */
  public Optional<String> resolve(String path) {
    return Optional.ofNullable(follow(nodes, roots, path, true))
        .filter(there -> there.isEmpty() || nodes.containsKey(there));
  }

  /**
   * The content of a small file that was asked to be kept when the image was opened; links are
   * followed.
   */
  public Optional<byte[]> content(String path) {
    return resolve(path)
        .map(nodes::get)
        .flatMap(node -> Optional.ofNullable(contents.get(node.origin())))
        .map(byte[]::clone);
  }

  NavigableMap<String, Node> nodes() {
    return nodes;
  }

  /**
   * Follows the links of a path.
   *
   * @param last whether to follow its last part, too
   * @return where it leads, be anything there or not; null where links go in a ring
   */
  static @Nullable String follow(
      NavigableMap<String, Node> nodes, List<String> roots, String path, boolean last) {
    String root = root(roots, path);
    Deque<String> ahead = new ArrayDeque<>(List.of(path.substring(root.length()).split("/", -1)));
    String at = root;
    int hops = 0;
    while (!ahead.isEmpty()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        int slash = at.lastIndexOf('/');
        at = at.equals(root) ? root : slash < 0 ? "" : at.substring(0, slash);
      } else if (!part.isEmpty() && !part.equals(".")) {
        String next = at.isEmpty() ? part : at + "/" + part;
        Node node = nodes.get(next);
        String target = node == null ? null : node.linkTarget();
        if (target == null || (ahead.isEmpty() && !last)) {
          at = next;
        } else {
          hops++;
          if (hops > MOST_HOPS) {
            return null;
          }
          at = target.startsWith("/") ? root : at;
          List.of(target.split("/", -1)).reversed().forEach(ahead::push);
        }
      }
    }
    return at;
  }

  private static String root(List<String> roots, String path) {
    for (String root : roots) {
      if (path.equals(root) || path.startsWith(root + "/")) {
        return root;
      }
    }
    return "";
  }

  /** Puts layers over one another. */
  static final class Builder {
    private final NavigableMap<String, Node> nodes = new TreeMap<>();
    private final String root;

    /** For an image with its top in this folder. */
    Builder(String root) {
      this.root = root;
      if (!root.isEmpty()) {
        nodes.put(root, FOLDER);
      }
    }

    NavigableMap<String, Node> nodes() {
      return nodes;
    }

    /** Puts a layer over what is there; its whiteouts are about what is there, not about itself. */
    void add(List<LayerEntry> layer) {
      for (LayerEntry entry : layer) {
        if (entry.isOpaque()) {
          place(entry.folder(), true).ifPresent(this::removeBelow);
        } else if (entry.isWhiteout() && !entry.hidden().isEmpty()) {
          place(entry.hidden(), false).ifPresent(this::remove);
        }
      }
      for (LayerEntry entry : layer) {
        if (!entry.isWhiteout() && !entry.path().isEmpty()) {
          place(entry.path(), false).ifPresent(path -> put(path, entry));
        }
      }
    }

    private Optional<String> place(String path, boolean last) {
      String full = root.isEmpty() ? path : path.isEmpty() ? root : root + "/" + path;
      return Optional.ofNullable(follow(nodes, List.of(root), full, last))
          .filter(place -> !place.equals(root) || last);
    }

    private void put(String path, LayerEntry from) {
      TarEntry entry = from.entry();
      Node node;
      if (entry.isFolder()) {
        node = new Node(ArchiveEntry.Type.DIRECTORY, 0, entry.mode(), null, from.origin());
      } else if (entry.isSymbolicLink()) {
        node = new Node(ArchiveEntry.Type.SYMBOLIC_LINK, 0, 0777, entry.linkName(), from.origin());
      } else if (entry.isHardLink()) {
        String target = EntryPath.ofImage(entry.linkName());
        node = place(target, false).map(nodes::get).orElse(null);
      } else if (entry.isFile()) {
        node = new Node(ArchiveEntry.Type.FILE, entry.size(), entry.mode(), null, from.origin());
      } else {
        node = null;
      }
      Node before = nodes.get(path);
      boolean bothFolders =
          before != null
              && node != null
              && before.type() == ArchiveEntry.Type.DIRECTORY
              && node.type() == ArchiveEntry.Type.DIRECTORY;
      if (!bothFolders) {
        remove(path);
      }
      if (node != null) {
        putFolders(path);
        nodes.put(path, node);
      }
    }

    private void putFolders(String path) {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        String folder = path.substring(0, slash);
        Node there = nodes.get(folder);
        if (there != null && there.type() == ArchiveEntry.Type.DIRECTORY) {
          return;
        }
        nodes.put(folder, FOLDER);
      }
    }

    private void remove(String path) {
      nodes.remove(path);
      removeBelow(path);
    }

    private void removeBelow(String path) {
      if (path.isEmpty()) {
        nodes.clear();
      } else {
        // '0' comes directly after '/'.
        nodes.subMap(path + "/", path + "0").clear();
      }
    }
  }
}
