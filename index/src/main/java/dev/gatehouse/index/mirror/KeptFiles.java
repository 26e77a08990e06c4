package dev.gatehouse.index.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of a project's files are kept. Immutable, and compared by identity: what was derived from
 * one value is derived again when there is another.
 */
public final class KeptFiles {
  /** One thing that is kept under a file name. */
  record Key(String fileName, Kind kind) {}

  private final Map<Key, KeptFile> files;

  KeptFiles(Map<Key, KeptFile> files) {
    this.files = Map.copyOf(files);
  }

  /** Nothing is kept. */
  public static KeptFiles none() {
    return new KeptFiles(Map.of());
  }

  /** What is kept of this kind under this file name. */
  public Optional<KeptFile> find(String fileName, Kind kind) {
    return Optional.ofNullable(files.get(new Key(fileName, kind)));
  }

  /** The artifacts that are kept, by file name, in its order. */
  public SortedMap<String, KeptFile> artifacts() {
    SortedMap<String, KeptFile> artifacts = new TreeMap<>();
    files.forEach(
        (key, file) -> {
          if (key.kind() == Kind.ARTIFACT) {
            artifacts.put(key.fileName(), file);
          }
        });
    return artifacts;
  }

  Set<Map.Entry<Key, KeptFile>> entries() {
    return files.entrySet();
  }

  KeptFiles without(Set<Key> lost) {
    Map<Key, KeptFile> some = new HashMap<>(files);
    some.keySet().removeAll(lost);
    return new KeptFiles(some);
  }

  /** These, and one more. */
  public KeptFiles with(String fileName, Kind kind, KeptFile file) {
    return with(Map.of(new Key(fileName, kind), file));
  }

  KeptFiles with(Map<Key, KeptFile> more) {
    Map<Key, KeptFile> all = new HashMap<>(files);
    all.putAll(more);
    return new KeptFiles(all);
  }
}
