package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A tree that a test makes up: an image, or the disk of another system. */
final class MemoryTree implements FileTree {
  private final Map<String, TreeEntry> entries = new TreeMap<>();
  private final Map<String, byte[]> contents = new TreeMap<>();
  private final Set<String> closed = new HashSet<>();

  MemoryTree() {
    entries.put("", new TreeEntry("", TreeEntry.Type.FOLDER, 0, 0755, null));
  }

  MemoryTree file(String path, String content) {
    return file(path, content.getBytes(UTF_8));
  }

  MemoryTree file(String path, byte[] content) {
    return file(path, content, 0644);
  }

  MemoryTree file(String path, byte[] content, int mode) {
    put(new TreeEntry(path, TreeEntry.Type.FILE, content.length, mode, null));
    contents.put(path, content.clone());
    return this;
  }

  MemoryTree folder(String path) {
    return folder(path, 0755);
  }

  MemoryTree folder(String path, int mode) {
    put(new TreeEntry(path, TreeEntry.Type.FOLDER, 0, mode, null));
    return this;
  }

  MemoryTree link(String path, String target) {
    put(new TreeEntry(path, TreeEntry.Type.LINK, 0, -1, target));
    return this;
  }

  /** Nobody may read it. */
  MemoryTree closed(String path) {
    closed.add(path);
    return this;
  }

  /** The paths of all files. */
  List<String> files() {
    return List.copyOf(contents.keySet());
  }

  private void put(TreeEntry entry) {
    int slash = entry.path().lastIndexOf('/');
    if (slash > 0 && !entries.containsKey(entry.path().substring(0, slash))) {
      folder(entry.path().substring(0, slash));
    }
    entries.put(entry.path(), entry);
  }

  @Override
  public Optional<TreeEntry> stat(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  @Override
  public List<TreeEntry> list(String folder) throws IOException {
    allow(folder);
    TreeEntry entry = entries.get(folder);
    if (entry == null || entry.type() != TreeEntry.Type.FOLDER) {
      throw new NoSuchFileException(folder);
    }
    List<TreeEntry> found = new ArrayList<>();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    for (TreeEntry candidate : entries.values()) {
      String path = candidate.path();
      if (path.startsWith(prefix)
          && path.length() > prefix.length()
          && path.indexOf('/', prefix.length()) < 0) {
        found.add(candidate);
      }
    }
    return found;
  }

  @Override
  public SeekableByteChannel open(String path) throws IOException {
    allow(path);
    byte[] content = contents.get(path);
    if (content == null) {
      throw new NoSuchFileException(path);
    }
    return new SeekableInMemoryByteChannel(content.clone());
  }

  private void allow(String path) throws AccessDeniedException {
    if (closed.contains(path)) {
      throw new AccessDeniedException(path);
    }
  }
}
