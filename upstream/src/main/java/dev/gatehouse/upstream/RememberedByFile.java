package dev.gatehouse.upstream;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is computed from a file, and not again until the file changes: in size, time of
 * change or identity. Should a file change without all of these, what is remembered is wrong, and
 * the hash that its reader checks says so.
 */
final class RememberedByFile<T> {
  /** A thousand projects of a hundred files, in some 30 MB. */
  private static final int MOST = 100_000;

  /** Computes it. */
  interface Computation<T> {
    T of(Path file) throws IOException;
  }

  private record State(long size, FileTime modified, @Nullable Object key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  private record Remembered<T>(State state, T value) {}

  private final Map<Path, Remembered<T>> byFile =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Remembered<T>> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The value for a file as it is now.
   *
   * @throws IOException when the file cannot be read, or changes meanwhile
   */
  T get(Path file, Computation<T> computation) throws IOException {
    State before = State.of(file);
    Remembered<T> known = find(file);
    if (known != null && known.state().equals(before)) {
      return known.value();
    }
    T value = computation.of(file);
    if (!State.of(file).equals(before)) {
      throw new FileSystemException(file.toString(), null, "it changes while it is read");
    }
    remember(file, new Remembered<>(before, value));
    return value;
  }

  private synchronized @Nullable Remembered<T> find(Path file) {
    return byFile.get(file);
  }

  private synchronized void remember(Path file, Remembered<T> value) {
    byFile.put(file, value);
  }
}
