package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.code.Modules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds modules among the sources that were kept, as Python's import system would. */
final class RetainedModules implements Modules {
  /** Parsed modules take much room, and the outer ones are asked for again and again. */
  private static final int MOST_PARSED = 150;

  private final RetainedFiles files;
  private final Map<String, Module> recent =
      new LinkedHashMap<>(MOST_PARSED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Module> eldest) {
          return size() > MOST_PARSED;
        }
      };

  RetainedModules(RetainedFiles files) {
    this.files = files;
  }

  @Override
  public Optional<Module> module(String importer, String dotted) {
    int dots = 0;
    while (dots < dotted.length() && dotted.charAt(dots) == '.') {
      dots++;
    }
    String name = dotted.substring(dots).replace('.', '/');
    if (dots > 0) {
      String folder = folder(importer);
      for (int i = 1; i < dots; i++) {
        folder = folder(folder);
      }
      return find(folder, name);
    }
    for (String root : roots(importer)) {
      Optional<Module> found = find(root, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The folders above a file in which a search for modules may begin: packages are none. */
  private List<String> roots(String importer) {
    List<String> roots = new ArrayList<>();
    String folder = folder(importer);
    while (true) {
      if (files.find(join(folder, "__init__.py")) == null) {
        roots.add(folder);
      }
      if (folder.isEmpty()) {
        return roots;
      }
      folder = folder(folder);
    }
  }

  private Optional<Module> find(String folder, String name) {
    if (name.isEmpty()) {
      return at(join(folder, "__init__.py"));
    }
    return at(join(folder, name + "/__init__.py")).or(() -> at(join(folder, name + ".py")));
  }

  private Optional<Module> at(String path) {
    byte @Nullable [] source = files.find(path);
    return source == null ? Optional.empty() : Optional.of(parsed(path, source));
  }

  private Module parsed(String path, byte[] source) {
    return recent.computeIfAbsent(path, _ -> new Module(path, source));
  }

  @Override
  public Optional<Module> script(String ending) {
    return ending(files.all().keySet(), ending)
        // Python runs a file of any name.
        .or(
            () ->
                ending(files.data().keySet(), ending)
                    .filter(path -> FileRole.of(path) != FileRole.SCRIPT))
        .map(path -> parsed(path, content(path)));
  }

  @Override
  public Optional<byte[]> data(String reader, String ending) {
    return Optional.of(beside(reader, ending))
        .filter(path -> files.data().containsKey(path) || files.find(path) != null)
        .or(() -> ending(files.data().keySet(), ending))
        .or(() -> ending(files.all().keySet(), ending))
        .map(this::content);
  }

  @Override
  public boolean isPassedOver(String reader, String ending) {
    return files.passedOver().contains(beside(reader, ending))
        || ending(files.passedOver(), ending).isPresent();
  }

  /** In the folder of the file that reads it; an ending alone is put on that file's name. */
  private static String beside(String reader, String ending) {
    return ending.startsWith(".")
        ? reader.substring(0, Math.max(0, reader.lastIndexOf('.'))) + ending
        : join(folder(reader), ending);
  }

  private static Optional<String> ending(Set<String> paths, String ending) {
    return paths.stream()
        .filter(path -> path.equals(ending) || path.endsWith("/" + ending))
        .findFirst();
  }

  private byte[] content(String path) {
    byte[] source = files.find(path);
    return source != null ? source : files.data().getOrDefault(path, new byte[0]);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
