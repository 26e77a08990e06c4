package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.environment.Environment.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the environments of a machine or of an image, each once. Folders that are not there are
 * passed over; folders that cannot be listed are problems.
 */
public final class EnvironmentSearch {
  private static final int WORKING_DEPTH = 6;
  private static final int WORKING_FOLDERS = 50_000;
  private static final int IMAGE_DEPTH = 64;
  private static final int IMAGE_FOLDERS = 2_000_000;

  private final FileTree tree;
  private final EnvironmentProbe probe;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Environment> byRoot = new LinkedHashMap<>();
  private final Set<String> sites = new HashSet<>();

  private EnvironmentSearch(FileTree tree) {
    this.tree = tree;
    this.probe = new EnvironmentProbe(tree);
  }

  /** Those of a machine: active, below the working folder, and where tools keep them. */
  public static SearchResult find(FileTree tree, SearchPlaces places) {
    EnvironmentSearch search = new EnvironmentSearch(tree);
    places.variable("VIRTUAL_ENV").ifPresent(path -> search.add(path, Kind.VENV));
    places.variable("CONDA_PREFIX").ifPresent(path -> search.add(path, Kind.CONDA));
    for (KnownPlaces.Place place : KnownPlaces.of(places)) {
      search.add(place);
    }
    search.condaList(places);
    places.workingPath().ifPresent(search::below);
    return search.result();
  }

  /**
   * The environment of a folder that a user named: a prefix, or a site directory itself.
   *
   * @return one environment; none where the folder is none
   */
  public static SearchResult at(FileTree tree, String folder) {
    EnvironmentSearch search = new EnvironmentSearch(tree);
    search.add(folder, null);
    return search.result();
  }

  /** All of an image, wherever {@code site-packages} and the like lie. */
  public static SearchResult everywhere(FileTree tree) {
    EnvironmentSearch search = new EnvironmentSearch(tree);
    new FolderWalk(tree, search.problems::add)
        .walk("", IMAGE_DEPTH, IMAGE_FOLDERS, search::lookInside);
    return search.result();
  }

  private SearchResult result() {
    return new SearchResult(List.copyOf(byRoot.values()), problems);
  }

  private boolean lookInside(TreeEntry folder) throws IOException {
    String path = folder.path();
    if (probe.isMarked(path)) {
      add(path, null);
    }
    for (TreeEntry entry : tree.list(path)) {
      if (entry.isFolder() && PrefixLayout.isSite(entry.name())) {
        add(PrefixLayout.prefix(path), Kind.IMAGE);
        if (!sites.contains(entry.path())) {
          add(entry.path(), Kind.IMAGE);
        }
      }
    }
    return true;
  }

  private void below(String start) {
    new FolderWalk(tree, problems::add)
        .walk(
            start,
            WORKING_DEPTH,
            WORKING_FOLDERS,
            folder -> {
              boolean marked = probe.isMarked(folder.path());
              if (marked) {
                add(folder.path(), null);
              }
              return !marked;
            });
  }

  private void add(KnownPlaces.Place place) {
    for (String folder : expand(place.pattern())) {
      if (place.depth() == 0) {
        add(folder, place.kind());
      } else {
        new FolderWalk(tree, problems::add)
            .walk(folder, place.depth(), WORKING_FOLDERS, entry -> addMarked(entry, place.kind()));
      }
    }
  }

  private boolean addMarked(TreeEntry folder, Kind kind) throws IOException {
    boolean marked = probe.isMarked(folder.path());
    if (marked) {
      add(folder.path(), kind);
    }
    return !marked;
  }

  /** Conda keeps the paths of all its environments in a file. */
  private void condaList(SearchPlaces places) {
    Optional<String> list = places.homePath().map(home -> home + "/.conda/environments.txt");
    if (list.isEmpty()) {
      return;
    }
    try {
      Optional<byte[]> content = new SmallFiles(tree).read(list.get(), SmallFiles.CONFIGURATION);
      if (content.isPresent()) {
        String text = new String(content.get(), UTF_8);
        text.lines()
            .limit(10_000)
            .forEach(line -> places.path(line.strip()).ifPresent(path -> add(path, Kind.CONDA)));
      }
    } catch (IOException e) {
      problems.add(Problems.unread(list.get(), e));
    }
  }

  private void add(String path, @Nullable Kind kind) {
    try {
      Optional<Environment> found = probe.find(path, kind);
      if (found.isPresent()) {
        add(found.get());
      }
    } catch (OutsideTreeException e) {
      // A link to elsewhere is no place of this tree's.
      return;
    } catch (IOException e) {
      problems.add(Problems.unread(path, e));
    }
  }

  private void add(Environment environment) {
    // A prefix may lie in another, and lib64 is lib: each site directory is looked at once.
    List<String> own = environment.sites().stream().filter(site -> !sites.contains(site)).toList();
    boolean empty = environment.sites().isEmpty() && !byRoot.containsKey(environment.root());
    if (!own.isEmpty() || empty) {
      sites.addAll(own);
      Environment seen = byRoot.get(environment.root());
      List<String> all = new ArrayList<>(seen == null ? List.of() : seen.sites());
      all.addAll(own);
      byRoot.put(environment.root(), (seen == null ? environment : seen).withSites(all));
    }
  }

  /** The folders that a pattern stands for. */
  private List<String> expand(String pattern) {
    List<String> folders = List.of("");
    for (String part : pattern.split("/", -1)) {
      List<String> next = new ArrayList<>();
      for (String folder : folders) {
        if (part.indexOf('*') < 0) {
          next.add(PrefixLayout.join(folder, part));
        } else {
          next.addAll(matches(folder, part));
        }
      }
      folders = next;
    }
    return folders;
  }

  private List<String> matches(String folder, String part) {
    int star = part.indexOf('*');
    String start = part.substring(0, star);
    String end = part.substring(star + 1);
    List<String> found = new ArrayList<>();
    try {
      for (TreeEntry entry : new PrefixLayout(tree).folders(folder)) {
        String name = entry.name();
        if (name.length() >= start.length() + end.length()
            && name.startsWith(start)
            && name.endsWith(end)) {
          found.add(entry.path());
        }
      }
    } catch (IOException e) {
      problems.add(Problems.unread(folder, e));
    }
    return found;
  }
}
