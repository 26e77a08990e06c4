package dev.gatehouse.upstream;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which upstream is asked for a project: one, or none at all. Pages of two upstreams are never
 * merged, and none stands in for another; otherwise a stranger's project could take the place of
 * one's own by having the same name and a higher version.
 */
public final class UpstreamRoutes {
  private static final String EVERYTHING = "*";

  private final List<Route> claiming;
  private final @Nullable Route otherwise;
  private final List<Upstream> upstreams;
  private final List<ProjectPattern> privateNames;

  private record Route(UpstreamSettings settings, Upstream upstream) {
    boolean claims(ProjectName project) {
      return settings.projects().stream().anyMatch(pattern -> pattern.matches(project));
    }

    /** To say "everything" is not to list a project. */
    boolean lists(ProjectName project) {
      return settings.projects().stream()
          .anyMatch(pattern -> pattern.matches(project) && !pattern.text().equals(EVERYTHING));
    }
  }

  private UpstreamRoutes(List<Route> routes, List<ProjectPattern> privateNames) {
    this.claiming =
        routes.stream().filter(route -> !route.settings().projects().isEmpty()).toList();
    this.otherwise =
        routes.stream()
            .filter(route -> route.settings().projects().isEmpty())
            .findFirst()
            .orElse(null);
    this.upstreams = routes.stream().map(Route::upstream).toList();
    this.privateNames = List.copyOf(privateNames);
  }

  /**
   * Lays the routes out.
   *
   * @param upstreams made from the settings, in their order
   * @param privateNames projects that are asked of nobody but an upstream whose settings list them;
   *     {@code *} lists none
   * @throws IllegalArgumentException when a project could have two sources: two upstreams claim it,
   *     or two have no projects and so claim the rest
   */
  public static UpstreamRoutes of(
      List<UpstreamSettings> settings,
      List<Upstream> upstreams,
      List<ProjectPattern> privateNames) {
    if (settings.size() != upstreams.size()) {
      throw new IllegalArgumentException("each upstream has its settings");
    }
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      Route route = new Route(settings.get(i), upstreams.get(i));
      routes.forEach(earlier -> requireApart(earlier.settings(), route.settings()));
      routes.add(route);
    }
    return new UpstreamRoutes(routes, privateNames);
  }

  private static void requireApart(UpstreamSettings one, UpstreamSettings other) {
    if (one.name().equals(other.name())) {
      throw new IllegalArgumentException("two upstreams are called %s".formatted(one.name()));
    }
    if (one.projects().isEmpty() && other.projects().isEmpty()) {
      throw new IllegalArgumentException(
          "the upstreams %s and %s both have no projects; at most one is asked for everything else"
              .formatted(one.name(), other.name()));
    }
    for (ProjectPattern pattern : one.projects()) {
      for (ProjectPattern claimed : other.projects()) {
        if (pattern.overlaps(claimed)) {
          throw new IllegalArgumentException(
              "%s of the upstream %s and %s of %s can mean the same project, which would have two sources"
                  .formatted(pattern, one.name(), claimed, other.name()));
        }
      }
    }
  }

  /** The one upstream to ask for the project; empty when nobody may be asked. */
  public Optional<Upstream> route(ProjectName project) {
    boolean isPrivate = privateNames.stream().anyMatch(pattern -> pattern.matches(project));
    return claiming.stream()
        .filter(route -> route.claims(project))
        .findFirst()
        .or(() -> Optional.ofNullable(otherwise))
        .filter(route -> !isPrivate || route.lists(project))
        .map(Route::upstream);
  }

  /** All of them, in the order of their settings. */
  public List<Upstream> upstreams() {
    return upstreams;
  }
}
