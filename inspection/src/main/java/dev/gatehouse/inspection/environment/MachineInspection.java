package dev.gatehouse.inspection.environment;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.site.Collaborators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that there is to be inspected on a machine, in pieces that know nothing of each other:
 * whoever asks may run several at a time.
 */
public final class MachineInspection {
  private final ArtifactInspection artifacts;
  private final Supplier<Collaborators> collaborators;
  private final KnownBad known;

  /**
   * Prepares.
   *
   * @param artifacts judges wheels and sdists in caches; called from several threads
   * @param collaborators of one site directory each
   */
  public MachineInspection(
      ArtifactInspection artifacts, Supplier<Collaborators> collaborators, KnownBad known) {
    this.artifacts = artifacts;
    this.collaborators = collaborators;
    this.known = known;
  }

  /**
   * A part of the machine.
   *
   * @param name as it is shown
   * @param inspection inspects it; once, on any thread
   */
  public record Piece(String name, Kind kind, Supplier<TargetReport> inspection) {}

  /** The environments first, then caches, the home folder, and what concerns all users. */
  public List<Piece> pieces(FileTree tree, SearchPlaces places) {
    List<Piece> pieces = new ArrayList<>();
    SearchResult found = EnvironmentSearch.find(tree, places);
    EnvironmentInspector environments = new EnvironmentInspector(collaborators);
    for (Environment environment : found.environments()) {
      String name = places.text(environment.root());
      pieces.add(
          new Piece(name, Kind.ENVIRONMENT, () -> environments.inspect(name, environment, tree)));
    }
    CacheInspector caches = new CacheInspector(artifacts, collaborators);
    for (Cache cache : CacheInspector.find(tree, places)) {
      String name =
          "%s (the cache of %s)".formatted(places.text(cache.path()), cache.kind().text());
      pieces.add(new Piece(name, Kind.DIRECTORY, () -> caches.inspect(name, cache, tree)));
    }
    HomeInspector homes = new HomeInspector(known);
    for (String home : homes(tree, places)) {
      String name = places.text(home);
      pieces.add(new Piece(name, Kind.DIRECTORY, () -> homes.home(name, home, tree)));
    }
    pieces.add(machine(tree, places, found.problems(), homes));
    return pieces;
  }

  private static Piece machine(
      FileTree tree, SearchPlaces places, List<Problem> problems, HomeInspector homes) {
    String name = "this machine";
    return new Piece(
        name,
        Kind.DIRECTORY,
        () -> {
          TargetReport report = homes.machine(name, tree, places.variables());
          List<Problem> all = new ArrayList<>(problems);
          all.addAll(report.problems());
          return new TargetReport(
              name, report.kind(), null, report.findings(), all, report.details());
        });
  }

  /** The user's own; root may look into those of all. */
  private static List<String> homes(FileTree tree, SearchPlaces places) {
    List<String> homes = new ArrayList<>();
    places.homePath().ifPresent(homes::add);
    boolean all = homes.contains("root") || homes.contains("var/root");
    if (all) {
      for (String home : HomeFolders.find(tree)) {
        if (!homes.contains(home)) {
          homes.add(home);
        }
      }
    }
    return homes;
  }

  /**
   * The report on one environment that a user named.
   *
   * @param path of its folder in the tree
   */
  public TargetReport environment(String target, String path, FileTree tree) {
    SearchResult found = EnvironmentSearch.at(tree, path);
    if (!found.environments().isEmpty() && found.problems().isEmpty()) {
      return new EnvironmentInspector(collaborators)
          .inspect(target, found.environments().getFirst(), tree);
    }
    List<Problem> problems = new ArrayList<>(found.problems());
    if (problems.isEmpty()) {
      problems.add(new Problem(null, "Is no environment: there is no site-packages in it"));
    }
    return new TargetReport(target, Kind.ENVIRONMENT, null, List.of(), problems, Map.of());
  }
}
