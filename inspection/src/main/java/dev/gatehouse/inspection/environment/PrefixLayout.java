package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The site directories below a prefix, by the layouts of {@code sysconfig}: {@code
 * lib/python3.x/site-packages}, Debian's {@code dist-packages}, {@code Lib/site-packages} of
 * Windows, PyPy's, and those of macOS's user and framework builds.
 */
final class PrefixLayout {
  private static final Set<String> SITE_NAMES = Set.of("site-packages", "dist-packages");
  private static final List<String> LIBRARIES = List.of("lib", "Lib", "lib64", "local/lib");

  private final FileTree tree;

  PrefixLayout(FileTree tree) {
    this.tree = tree;
  }

  static boolean isSite(String name) {
    return SITE_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The site directories, each once by where it really is; none where this is no prefix. */
  List<String> sites(String root) throws IOException {
    Set<String> sites = new LinkedHashSet<>();
    for (String library : LIBRARIES) {
      String folder = join(root, library);
      addSites(folder, sites);
      for (TreeEntry entry : folders(folder)) {
        if (isPython(entry.name())) {
          addSites(entry.path(), sites);
        }
      }
    }
    addSites(root, sites);
    return new ArrayList<>(sites);
  }

  private void addSites(String folder, Set<String> sites) throws IOException {
    for (String name : List.of("site-packages", "dist-packages")) {
      Optional<String> real = tree.real(join(folder, name));
      if (real.isPresent() && tree.stat(real.get()).filter(TreeEntry::isFolder).isPresent()) {
        sites.add(real.get());
      }
    }
  }

  /** The folders in a folder, links to folders among them; none where there is no such folder. */
  List<TreeEntry> folders(String folder) throws IOException {
    Optional<String> real = tree.real(folder);
    if (real.isEmpty() || tree.stat(real.get()).filter(TreeEntry::isFolder).isEmpty()) {
      return List.of();
    }
    List<TreeEntry> folders = new ArrayList<>();
    for (TreeEntry entry : tree.list(real.get())) {
      if (entry.isFolder() || entry.isLink()) {
        folders.add(entry);
      }
    }
    return folders;
  }

  private static boolean isPython(String name) {
    return name.startsWith("python") || name.startsWith("pypy");
  }

  /** The version that a path names: {@code lib/python3.13/site-packages}, {@code Python313}. */
  static @Nullable String version(String path) {
    @Nullable String version = null;
    for (String part : path.split("/", -1)) {
      String lower = part.toLowerCase(Locale.ROOT);
      String rest = lower.startsWith("pypy") ? lower.substring(4) : lower;
      rest = rest.startsWith("python") ? rest.substring(6) : rest;
      if (!rest.equals(lower) && isDotted(rest)) {
        version = rest;
      } else if (lower.startsWith("python") && isWindowsNumber(rest)) {
        version = rest.charAt(0) + "." + rest.substring(1);
      }
    }
    return version;
  }

  private static boolean isDotted(String text) {
    return text.length() > 2
        && text.length() < 12
        && Character.isDigit(text.charAt(0))
        && text.charAt(1) == '.'
        && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9') || c == 't');
  }

  private static boolean isWindowsNumber(String text) {
    return text.length() >= 2
        && text.length() <= 3
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** The folder of a path; empty at the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Of {@code usr/lib/python3.11} or {@code Lib}, what lies above the library. */
  static String prefix(String library) {
    String name = library.substring(library.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    boolean versioned = name.startsWith("python") || name.startsWith("pypy");
    String above = versioned ? parent(library) : library;
    String last = above.substring(above.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return last.equals("lib") || last.equals("lib64") ? parent(above) : library;
  }
}
