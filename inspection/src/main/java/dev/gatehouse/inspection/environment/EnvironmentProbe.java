package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whether a folder is an environment, and which. */
final class EnvironmentProbe {
  private static final String CONFIGURATION = "pyvenv.cfg";

  private final FileTree tree;
  private final PrefixLayout layout;

  EnvironmentProbe(FileTree tree) {
    this.tree = tree;
    this.layout = new PrefixLayout(tree);
  }

  /** Whether the folder is the root of a virtual environment or of a conda one. */
  boolean isMarked(String folder) throws IOException {
    return has(folder, CONFIGURATION) || has(folder, "conda-meta");
  }

  private boolean has(String folder, String name) throws IOException {
    return tree.follow(PrefixLayout.join(folder, name)).isPresent();
  }

  /**
   * The environment of this root.
   *
   * @param path with its links followed, it becomes the root
   * @param kind null: what its files say
   * @return empty where it is none
   */
  Optional<Environment> find(String path, Environment.@Nullable Kind kind) throws IOException {
    Optional<String> root = tree.real(path);
    if (root.isEmpty() || tree.stat(root.get()).filter(TreeEntry::isFolder).isEmpty()) {
      return Optional.empty();
    }
    boolean site = PrefixLayout.isSite(root.get().substring(root.get().lastIndexOf('/') + 1));
    String folder = site ? PrefixLayout.prefix(PrefixLayout.parent(root.get())) : root.get();
    List<String> sites = site ? List.of(root.get()) : layout.sites(folder);
    boolean marked = isMarked(folder);
    if (sites.isEmpty() && !marked) {
      return Optional.empty();
    }
    Environment.Kind found = kind;
    if (found == null) {
      found = has(folder, "conda-meta") ? Environment.Kind.CONDA : Environment.Kind.SYSTEM;
      found = has(folder, CONFIGURATION) ? Environment.Kind.VENV : found;
    }
    return Optional.of(new Environment(folder, found, sites, version(folder, sites)));
  }

  private @Nullable String version(String root, List<String> sites) throws IOException {
    Optional<byte[]> configuration =
        new SmallFiles(tree).read(PrefixLayout.join(root, CONFIGURATION), SmallFiles.CONFIGURATION);
    if (configuration.isPresent()) {
      String version = VenvConfiguration.parse(configuration.get()).version();
      if (version != null) {
        return version;
      }
    }
    String conda = condaVersion(root);
    if (conda != null) {
      return conda;
    }
    for (String site : sites) {
      String version = PrefixLayout.version(site);
      if (version != null) {
        return version;
      }
    }
    return libraryVersion(root);
  }

  /** {@code conda-meta/python-3.12.1-h1234.json}. */
  private @Nullable String condaVersion(String root) throws IOException {
    String folder = PrefixLayout.join(root, "conda-meta");
    Optional<TreeEntry> found = tree.follow(folder);
    if (found.isEmpty() || !found.get().isFolder()) {
      return null;
    }
    for (TreeEntry entry : tree.list(found.get().path())) {
      String[] parts = entry.name().split("-", -1);
      if (parts.length == 3 && parts[0].equals("python") && entry.name().endsWith(".json")) {
        return parts[1];
      }
    }
    return null;
  }

  /** Debian's {@code dist-packages} names no version, but the library beside it does. */
  private @Nullable String libraryVersion(String root) throws IOException {
    @Nullable String version = null;
    for (TreeEntry entry : layout.folders(PrefixLayout.join(root, "lib"))) {
      String named = PrefixLayout.version(entry.name());
      if (named != null && tree.follow(entry.path() + "/os.py").isPresent()) {
        version = named;
      }
    }
    return version;
  }
}
