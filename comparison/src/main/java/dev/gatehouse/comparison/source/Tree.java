package dev.gatehouse.comparison.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All files of a revision, by path and by what is in them. */
public final class Tree {
  private final Map<String, TreeFile> files;
  private final Map<BlobId, List<String>> paths;

  /** Of these files; of two of one path the last counts. */
  public Tree(Collection<TreeFile> all) {
    Map<String, TreeFile> byPath = new LinkedHashMap<>(all.size() * 2);
    all.forEach(file -> byPath.put(file.path(), file));
    this.files = Collections.unmodifiableMap(byPath);
    this.paths = new HashMap<>(all.size() * 2);
    for (TreeFile file : files.values()) {
      if (file.mode() == TreeFile.Mode.FILE || file.mode() == TreeFile.Mode.EXECUTABLE) {
        paths.computeIfAbsent(file.id(), _ -> new ArrayList<>(1)).add(file.path());
      }
    }
  }

  /** In the order of git. */
  public Collection<TreeFile> files() {
    return files.values();
  }

  /** The file at a path. */
  public Optional<TreeFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Whether some regular file has these bytes. */
  public boolean holds(BlobId id) {
    return paths.containsKey(id);
  }

  /** Where the regular files with these bytes are. */
  public List<String> pathsOf(BlobId id) {
    return Collections.unmodifiableList(paths.getOrDefault(id, List.of()));
  }
}
