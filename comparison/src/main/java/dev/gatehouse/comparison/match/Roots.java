package dev.gatehouse.comparison.match;

import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which folder of the source a folder of the artifact is made of, decided by a vote of all files
 * whose bytes are in both: so {@code src/}, {@code lib/} and the folders of a monorepo are found
 * without reading the configuration of any build tool.
 *
 * <p>One root alone is believed for all that keeps its name, since a second one is what an attacker
 * would make by moving the code of tests: a folder that comes from elsewhere is told as moved. A
 * package may have another name in the source than in the artifact where most of it says so.
 */
final class Roots {
  private static final int MOST_PATHS = 40;

  /** {@code acme/} in the artifact is {@code source/} in the repository. */
  private record Pair(String artifact, String source) {}

  private final Tree tree;
  private final String main;
  private final Map<String, Pair> renamed;

  private Roots(Tree tree, String main, Map<String, Pair> renamed) {
    this.tree = tree;
    this.main = main;
    this.renamed = renamed;
  }

  static Roots vote(List<ArtifactFile> files, Tree tree) {
    Map<String, Integer> mains = new HashMap<>();
    Map<String, Map<Pair, Integer>> pairs = new HashMap<>();
    for (ArtifactFile file : files) {
      List<String> paths = file.size() == 0 ? List.of() : tree.pathsOf(file.id());
      if (paths.size() <= MOST_PATHS) {
        paths.forEach(path -> count(file.inner(), path, mains, pairs));
      }
    }
    if (mains.isEmpty() && pairs.isEmpty()) {
      countNames(files, tree, mains);
    }
    String main = best(mains, "");
    Set<String> unmapped = new HashSet<>(pairs.keySet());
    Map<String, Pair> renamed = new HashMap<>();
    for (String top : unmapped) {
      List<ArtifactFile> inside =
          files.stream().filter(file -> file.inner().startsWith(top)).toList();
      long there =
          inside.stream().filter(file -> tree.find(main + file.inner()).isPresent()).count();
      Map<Pair, Integer> votes = pairs.getOrDefault(top, Map.of());
      Pair best = best(votes, new Pair(top, ""));
      int support = votes.getOrDefault(best, 0);
      if (support * 2 > inside.size() && support > there && best.artifact().startsWith(top)) {
        renamed.put(top, best);
      }
    }
    return new Roots(tree, main, renamed);
  }

  /**
   * Where not one file is as it was, its name says what it is to be held against; it is changed all
   * the same.
   */
  private static void countNames(List<ArtifactFile> files, Tree tree, Map<String, Integer> mains) {
    Set<String> inners = files.stream().map(ArtifactFile::inner).collect(Collectors.toSet());
    for (TreeFile file : tree.files()) {
      String path = file.path();
      for (int slash = 0; ; slash = path.indexOf('/', slash) + 1) {
        if (inners.contains(path.substring(slash))) {
          mains.merge(path.substring(0, slash), 1, Integer::sum);
        }
        if (path.indexOf('/', slash) < 0) {
          break;
        }
      }
    }
  }

  private static void count(
      String inner,
      String path,
      Map<String, Integer> mains,
      Map<String, Map<Pair, Integer>> pairs) {
    if (path.equals(inner) || path.endsWith("/" + inner)) {
      mains.merge(path.substring(0, path.length() - inner.length()), 1, Integer::sum);
      return;
    }
    int common = commonSuffix(inner, path);
    String top = top(inner);
    if (common > 0 && inner.length() - common >= top.length() && !top.isEmpty()) {
      Pair pair =
          new Pair(
              inner.substring(0, inner.length() - common),
              path.substring(0, path.length() - common));
      pairs.computeIfAbsent(top, _ -> new HashMap<>()).merge(pair, 1, Integer::sum);
    }
  }

  /**
   * The first folder, and in a wheel's {@code .data} the second as well, which says where it is
   * installed to.
   */
  private static String top(String inner) {
    int slash = inner.indexOf('/');
    if (slash > 0 && inner.substring(0, slash).endsWith(".data")) {
      slash = inner.indexOf('/', slash + 1);
    }
    return inner.substring(0, slash + 1);
  }

  /** In characters, of whole names. */
  private static int commonSuffix(String one, String other) {
    int length = 0;
    int whole = 0;
    while (length < one.length()
        && length < other.length()
        && one.charAt(one.length() - 1 - length) == other.charAt(other.length() - 1 - length)) {
      length++;
      boolean edge =
          length == one.length()
              || length == other.length()
              || (one.charAt(one.length() - 1 - length) == '/'
                  && other.charAt(other.length() - 1 - length) == '/');
      boolean cleanlyCut =
          (length == one.length() || one.charAt(one.length() - 1 - length) == '/')
              && (length == other.length() || other.charAt(other.length() - 1 - length) == '/');
      if (edge && cleanlyCut) {
        whole = length;
      }
    }
    return whole;
  }

  private static <T> T best(Map<T, Integer> votes, T otherwise) {
    return votes.entrySet().stream()
        .max(
            Comparator.comparingInt((Map.Entry<T, Integer> vote) -> vote.getValue())
                .thenComparingInt(vote -> -vote.getKey().toString().length())
                .thenComparing(vote -> vote.getKey().toString()))
        .map(Map.Entry::getKey)
        .orElse(otherwise);
  }

  /** The folder of the source that the artifact is made of; empty or with a slash behind. */
  String main() {
    return main;
  }

  /**
   * Where in the source a file of the artifact belongs. A package that has another name there may
   * still be put together of two folders, as pybind11 is of its headers and its modules.
   */
  String map(ArtifactFile file) {
    Pair pair = renamed.get(top(file.inner()));
    String kept = main + file.inner();
    if (pair == null || !file.inner().startsWith(pair.artifact())) {
      return kept;
    }
    String place = pair.source() + file.inner().substring(pair.artifact().length());
    return tree.find(place).isEmpty() && tree.find(kept).isPresent() ? kept : place;
  }

  /** The folders of the source that the artifact's own folders are made of. */
  Set<String> folders(List<ArtifactFile> files) {
    Set<String> folders = new HashSet<>();
    for (String top : tops(files)) {
      Pair pair = renamed.get(top);
      folders.add(pair == null ? main + top : pair.source());
    }
    return folders;
  }

  private static List<String> tops(List<ArtifactFile> files) {
    List<String> tops = new ArrayList<>();
    files.stream()
        .map(file -> top(file.inner()))
        .distinct()
        .filter(top -> !top.isEmpty())
        .forEach(tops::add);
    return tops;
  }
}
