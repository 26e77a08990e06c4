package dev.gatehouse.inspection.environment;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.site.Collaborators;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inspects an image: every environment wherever it lies, the home folders of all users, the caches
 * in them, and wheels and sdists that lie about. One report, with the paths of the image.
 */
public final class ImageInspector {
  private static final int MOST_FOLDERS = 5_000_000;

  /** A wheel in an image is held in memory to be looked at. */
  private static final int MOST_HELD = 96 * 1024 * 1024;

  /** Where people and builds leave source archives; elsewhere they are data. */
  private static final List<String> WORKING =
      List.of(
          "tmp/",
          "var/tmp/",
          "root/",
          "home/",
          "app/",
          "apps/",
          "opt/",
          "srv/",
          "workspace/",
          "src/",
          "build/",
          "dist/",
          "wheels/",
          "usr/src/");

  private final ArtifactInspection artifacts;
  private final Supplier<Collaborators> collaborators;
  private final KnownBad known;

  /**
   * Prepares for any number of images.
   *
   * @param artifacts judges wheels and sdists
   * @param collaborators of one site directory each
   */
  public ImageInspector(
      ArtifactInspection artifacts, Supplier<Collaborators> collaborators, KnownBad known) {
    this.artifacts = artifacts;
    this.collaborators = collaborators;
    this.known = known;
  }

  /**
   * Whether the tree of an image must open that file before the others are read: small files that
   * tell which others to read.
   */
  public static boolean isNeededAtOnce(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String folder = PrefixLayout.parent(path);
    return name.equals("pyvenv.cfg")
        || (name.equals("RECORD") && folder.toLowerCase(Locale.ROOT).endsWith(".dist-info"))
        || (StartupWords.isObeyed(name)
            && PrefixLayout.isSite(folder.substring(folder.lastIndexOf('/') + 1)))
        || path.equals("etc/passwd");
  }

  /** Inspects an image, or an unpacked one, whose tree opens any file. */
  public TargetReport inspect(String target, FileTree tree) {
    return new Inspection(target, tree).inspect(null);
  }

  /**
   * Inspects an image that is read as a stream.
   *
   * @param tree its files as they are in the end; opens those that {@link #isNeededAtOnce} names
   * @param files gives the others
   */
  public TargetReport inspect(String target, FileTree tree, ImageFiles files) {
    return new Inspection(target, tree).inspect(files);
  }

  private final class Inspection {
    private final String target;
    private final FileTree tree;
    private final EnvironmentInspector environments = new EnvironmentInspector(collaborators);
    private final HomeInspector homes = new HomeInspector(known);
    private final List<Problem> problems = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Map<String, Object>> described = new ArrayList<>();
    private final Set<String> covered = new HashSet<>();
    private int seenArtifacts;

    Inspection(String target, FileTree tree) {
      this.target = target;
      this.tree = tree;
    }

    /** A survey, and what is done with its outcome. */
    private record Task(Survey survey, Consumer<Outcome> finished) {}

    TargetReport inspect(@Nullable ImageFiles files) {
      List<Task> tasks = tasks();
      List<Finding> findings = new ArrayList<>();
      if (files == null) {
        SurveyReader reader = new SurveyReader(tree);
        tasks.forEach(task -> task.finished().accept(reader.read(task.survey())));
      } else {
        StreamReader reader = new StreamReader(MOST_HELD);
        tasks.forEach(task -> reader.add(task.survey(), task.finished()));
        ArchiveReading reading = reader.read(files);
        findings.addAll(reading.findings());
        problems.addAll(reading.problems());
      }
      outcomes.add(Outcome.of(findings, problems));
      Outcome all = Outcome.merged(outcomes);
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("environments", described);
      details.put("artifacts", seenArtifacts);
      return new Outcome(
              all.findings(), all.problems(), all.executable(), all.distributions(), details)
          .report(target, Kind.IMAGE);
    }

    private List<Task> tasks() {
      List<Task> tasks = new ArrayList<>();
      SearchResult found = EnvironmentSearch.everywhere(tree);
      problems.addAll(found.problems());
      for (Environment environment : found.environments()) {
        covered.addAll(environment.sites());
        tasks.add(
            new Task(environments.survey(environment, tree), outcome -> add(environment, outcome)));
      }
      for (String home : HomeFolders.find(tree)) {
        tasks.add(new Task(homes.homeSurvey(home, tree), outcomes::add));
        for (Cache cache : CacheSearch.inHome(tree, home)) {
          covered.add(cache.path());
          addCache(cache, tasks);
        }
      }
      tasks.add(new Task(homes.rootSurvey(tree), outcomes::add));
      addLoose(tasks);
      return tasks;
    }

    private void add(Environment environment, Outcome outcome) {
      outcomes.add(outcome);
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("path", "/" + environment.root());
      description.put("kind", environment.kind().text());
      if (environment.version() != null) {
        description.put("python", environment.version());
      }
      description.putAll(outcome.installed());
      described.add(description);
    }

    private void addCache(Cache cache, List<Task> tasks) {
      CachePlan plan = new CacheInspector(artifacts, collaborators).plan(cache, tree);
      problems.addAll(plan.problems());
      for (Survey survey : plan.surveys()) {
        tasks.add(new Task(survey, outcome -> addArtifact(CacheInspector.advised(outcome, cache))));
      }
    }

    private void addArtifact(Outcome outcome) {
      seenArtifacts += outcome.details().containsKey(ArtifactSurvey.ARTIFACT) ? 1 : 0;
      outcomes.add(outcome);
    }

    /** Wheels and sdists outside of environments and caches. */
    private void addLoose(List<Task> tasks) {
      Deque<String> folders = new ArrayDeque<>();
      folders.add("");
      int count = 0;
      while (!folders.isEmpty()) {
        String folder = folders.pop();
        if (++count > MOST_FOLDERS) {
          problems.add(new Problem(null, "Has too many folders; not all were looked into"));
          return;
        }
        try {
          for (TreeEntry entry : tree.list(folder)) {
            boolean kernel = folder.isEmpty() && FolderWalk.isOfKernel(entry.name());
            if (entry.isFolder() && !kernel && !covered.contains(entry.path())) {
              folders.push(entry.path());
            } else if (entry.isFile() && isLoose(entry)) {
              tasks.add(new Task(new ArtifactSurvey(entry, true, artifacts), this::addArtifact));
            }
          }
        } catch (IOException e) {
          problems.add(Problems.unread(folder, e));
        }
      }
    }

    private static boolean isLoose(TreeEntry file) {
      String lower = file.name().toLowerCase(Locale.ROOT);
      if (lower.endsWith(".whl") || lower.endsWith(".egg")) {
        return true;
      }
      return ArtifactSurvey.isArtifact(lower)
          && (file.path().indexOf('/') < 0 || WORKING.stream().anyMatch(file.path()::startsWith));
    }
  }
}
