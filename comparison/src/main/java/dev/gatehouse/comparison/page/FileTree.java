package dev.gatehouse.comparison.page;

import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of an artifact in their folders. */
final class FileTree {
  private static final int MOST_DEPTH = 60;

  private final String name;
  private final Map<String, FileTree> folders = new TreeMap<>();
  private final List<FileResult> files = new ArrayList<>();
  private final Map<FileClass, Integer> counts = new EnumMap<>(FileClass.class);

  private FileTree(String name) {
    this.name = name;
  }

  static FileTree of(List<FileResult> results) {
    FileTree root = new FileTree("");
    results.forEach(root::add);
    return root;
  }

  /** Deeper than any build goes, the rest of the path is one name. */
  private void add(FileResult file) {
    FileTree folder = this;
    folder.counts.merge(file.type(), 1, Integer::sum);
    String[] parts = file.path().split("/", MOST_DEPTH);
    for (int i = 0; i < parts.length - 1; i++) {
      folder = folder.folders.computeIfAbsent(parts[i], FileTree::new);
      folder.counts.merge(file.type(), 1, Integer::sum);
    }
    folder.files.add(file);
  }

  String name() {
    return name;
  }

  Iterable<FileTree> folders() {
    return folders.values();
  }

  List<FileResult> files() {
    return files.stream().sorted(Comparator.comparing(FileResult::path)).toList();
  }

  /** How many files below it are of each class. */
  Map<FileClass, Integer> counts() {
    return counts;
  }
}
