package dev.gatehouse.upstream;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which upstream a project is asked of: exactly one or none. Two indexes that both have a project
 * are how an attacker on the outside takes over a name of the inside (dependency confusion, 2021),
 * so their pages are never merged, and one that has nothing is never made up for by another.
 */
public final class UpstreamRoutes {
  private record Claim(ProjectPattern pattern, Upstream upstream) {}

  private final List<Upstream> upstreams;
  private final List<Claim> claims;
  private final @Nullable Upstream everythingElse;
  private final List<ProjectPattern> privateNames;

  private UpstreamRoutes(
      List<Upstream> upstreams,
      List<Claim> claims,
      @Nullable Upstream everythingElse,
      List<ProjectPattern> privateNames) {
    this.upstreams = List.copyOf(upstreams);
    this.claims = List.copyOf(claims);
    this.everythingElse = everythingElse;
    this.privateNames = List.copyOf(privateNames);
  }

  /**
   * The routes between these upstreams.
   *
   * @param settings of the upstreams, in the same order
   * @param privateNames only asked of an upstream whose {@code projects} list them
   * @throws IllegalArgumentException where two upstreams claim the same project, have the same
   *     name, or both take everything else
   */
  public static UpstreamRoutes of(
      List<UpstreamSettings> settings,
      List<Upstream> upstreams,
      List<ProjectPattern> privateNames) {
    List<Claim> claims = new ArrayList<>();
    Upstream everythingElse = null;
    for (int i = 0; i < upstreams.size(); i++) {
      Upstream upstream = upstreams.get(i);
      requireOwnName(upstream, upstreams.subList(0, i));
      if (!settings.get(i).projects().isEmpty()) {
        for (ProjectPattern pattern : settings.get(i).projects()) {
          claims.add(unclaimed(new Claim(pattern, upstream), claims));
        }
      } else if (everythingElse != null) {
        throw new IllegalArgumentException(
            "The upstreams %s and %s are both asked for everything else; give one of them projects"
                .formatted(everythingElse.name(), upstream.name()));
      } else {
        everythingElse = upstream;
      }
    }
    return new UpstreamRoutes(upstreams, claims, everythingElse, privateNames);
  }

  private static void requireOwnName(Upstream upstream, List<Upstream> others) {
    if (others.stream().anyMatch(other -> other.name().equals(upstream.name()))) {
      throw new IllegalArgumentException("Two upstreams are called " + upstream.name());
    }
  }

  private static Claim unclaimed(Claim claim, List<Claim> others) {
    for (Claim other : others) {
      if (!other.upstream().name().equals(claim.upstream().name())
          && other.pattern().overlaps(claim.pattern())) {
        throw new IllegalArgumentException(
            "The upstreams %s (%s) and %s (%s) claim the same project; no project has two sources"
                .formatted(
                    other.upstream().name(),
                    other.pattern(),
                    claim.upstream().name(),
                    claim.pattern()));
      }
    }
    return claim;
  }

  /** All upstreams. */
  public List<Upstream> upstreams() {
    return upstreams;
  }

  /** The only upstream that may be asked for a project; empty: none may. */
  public Optional<Upstream> route(ProjectName project) {
    for (Claim claim : claims) {
      if (claim.pattern().matches(project)) {
        return Optional.of(claim.upstream());
      }
    }
    boolean isPrivate = privateNames.stream().anyMatch(pattern -> pattern.matches(project));
    return isPrivate ? Optional.empty() : Optional.ofNullable(everythingElse);
  }
}
