package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the caches of installers, by the documentation of each. */
final class CacheSearch {
  private final FileTree tree;
  private final Map<String, Cache> found = new LinkedHashMap<>();

  private CacheSearch(FileTree tree) {
    this.tree = tree;
  }

  /** Those of a machine's user. */
  static List<Cache> find(FileTree tree, SearchPlaces places) {
    CacheSearch search = new CacheSearch(tree);
    places.variable("PIP_CACHE_DIR").ifPresent(path -> search.add(Cache.Kind.PIP, path));
    places.variable("UV_CACHE_DIR").ifPresent(path -> search.add(Cache.Kind.UV, path));
    places.variable("POETRY_CACHE_DIR").ifPresent(path -> search.add(Cache.Kind.POETRY, path));
    places.variable("XDG_CACHE_HOME").ifPresent(search::below);
    places.variable("LOCALAPPDATA").ifPresent(search::local);
    places.homePath().ifPresent(search::home);
    return List.copyOf(search.found.values());
  }

  /** Those of one home folder, of whatever system. */
  static List<Cache> inHome(FileTree tree, String home) {
    CacheSearch search = new CacheSearch(tree);
    search.home(home);
    return new ArrayList<>(search.found.values());
  }

  private void home(String home) {
    below(home + "/.cache");
    below(home + "/Library/Caches");
    local(home + "/AppData/Local");
  }

  private void below(String folder) {
    add(Cache.Kind.PIP, folder + "/pip");
    add(Cache.Kind.UV, folder + "/uv");
    add(Cache.Kind.POETRY, folder + "/pypoetry");
  }

  private void local(String folder) {
    add(Cache.Kind.PIP, folder + "/pip/Cache");
    add(Cache.Kind.UV, folder + "/uv/cache");
    add(Cache.Kind.POETRY, folder + "/pypoetry/Cache");
  }

  private void add(Cache.Kind kind, String path) {
    try {
      Optional<TreeEntry> folder = tree.follow(path);
      if (folder.isPresent() && folder.get().isFolder()) {
        found.putIfAbsent(folder.get().path(), new Cache(kind, folder.get().path()));
      }
    } catch (IOException e) {
      // One that cannot be entered is told once it is looked at.
      found.putIfAbsent(path, new Cache(kind, path));
    }
  }
}
