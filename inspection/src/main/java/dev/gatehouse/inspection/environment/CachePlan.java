package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.site.SiteInspection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be looked at in a cache: pip's {@code http}, {@code http-v2} and {@code wheels}; uv's
 * {@code archive-v0} (wheels unpacked), {@code sdists-v*} and {@code environments-v*}; Poetry's
 * {@code artifacts} and {@code cache/repositories}.
 */
final class CachePlan {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_ENTRIES = 5_000_000;

  private final FileTree tree;
  private final Cache cache;
  private final ArtifactInspection artifacts;
  private final EnvironmentInspector environments;
  private final Supplier<Collaborators> collaborators;
  private final List<Survey> surveys = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long entries;
  private long files;

  private record Folder(String path, int depth) {}

  CachePlan(
      FileTree tree,
      Cache cache,
      ArtifactInspection artifacts,
      EnvironmentInspector environments,
      Supplier<Collaborators> collaborators) {
    this.tree = tree;
    this.cache = cache;
    this.artifacts = artifacts;
    this.environments = environments;
    this.collaborators = collaborators;
    walk();
  }

  /** One for each artifact; few of them should be at work at a time. */
  List<Survey> surveys() {
    return surveys;
  }

  /** What could not be listed. */
  List<Problem> problems() {
    return problems;
  }

  /** How many files it has, artifacts or not. */
  long files() {
    return files;
  }

  private void walk() {
    Deque<Folder> folders = new ArrayDeque<>();
    folders.add(new Folder(cache.path(), 0));
    while (!folders.isEmpty()) {
      Folder folder = folders.pop();
      try {
        for (TreeEntry entry : tree.list(folder.path())) {
          if (++entries > MOST_ENTRIES || folder.depth() > MOST_DEPTH) {
            problems.add(new Problem(folder.path(), "Is too large or too deep to be looked at"));
            return;
          }
          if (entry.isFolder() && !isWhole(entry)) {
            folders.push(new Folder(entry.path(), folder.depth() + 1));
          } else if (entry.isFile()) {
            file(entry);
          }
        }
      } catch (IOException e) {
        problems.add(Problems.unread(folder.path(), e));
      }
    }
  }

  /** Plans a folder that is one thing; whether it is. */
  private boolean isWhole(TreeEntry folder) throws IOException {
    if (cache.kind() != Cache.Kind.UV) {
      return false;
    }
    String relative = TreePaths.relative(cache.path(), folder.path());
    String[] parts = relative.split("/", -1);
    EnvironmentProbe probe = new EnvironmentProbe(tree);
    if (probe.isMarked(folder.path())) {
      probe
          .find(folder.path(), Environment.Kind.UV)
          .ifPresent(found -> surveys.add(environments.survey(found, tree)));
      return true;
    }
    if (parts.length == 2 && parts[0].startsWith("archive-v")) {
      surveys.add(unpacked(folder, SiteInspection.State.WHEEL));
      return true;
    }
    boolean source = parts[0].startsWith("sdists-v") || parts[0].startsWith("built-wheels-v");
    if (source && folder.name().equals("src")) {
      surveys.add(unpacked(folder, SiteInspection.State.INSTALLED));
      return true;
    }
    return false;
  }

  private Survey unpacked(TreeEntry folder, SiteInspection.State state) {
    return new SiteSurvey(tree, folder.path(), folder.path(), state, collaborators);
  }

  private void file(TreeEntry file) {
    files++;
    if (ArtifactSurvey.isArtifact(file.name())) {
      surveys.add(new ArtifactSurvey(file, true, artifacts));
    } else if (isHttp(TreePaths.relative(cache.path(), file.path()))) {
      surveys.add(new ArtifactSurvey(file, false, artifacts));
    }
  }

  private boolean isHttp(String relative) {
    return switch (cache.kind()) {
      case PIP -> relative.startsWith("http");
      case POETRY -> relative.startsWith("cache/repositories/");
      case UV -> false;
    };
  }
}
