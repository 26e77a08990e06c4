package dev.gatehouse.cli.pins;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.DependencySpecifier;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.requirement.MarkerEnvironment;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.write.KnownVersions;
import dev.gatehouse.upstream.FileOutcome;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What pinned projects require in turn, of the versions that are known: with hashes pip takes
 * nothing that is not listed. Read from the metadata that the index gives beside a wheel.
 */
final class DependencyClosure {
  private final Upstream index;
  private final Map<ProjectName, PageOutcome> pages;
  private final KnownVersions known;
  private final SortedMap<ProjectName, Version> found = new TreeMap<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private final Deque<Wanted> open = new ArrayDeque<>();
  private final Set<Wanted> seen = new HashSet<>();

  /** A version with the extras that somebody asks for. */
  record Wanted(ProjectName project, Version version, Set<String> extras) {
    Wanted {
      extras = Set.copyOf(extras);
    }
  }

  DependencyClosure(Upstream index, Map<ProjectName, PageOutcome> pages, KnownVersions known) {
    this.index = index;
    this.pages = pages;
    this.known = known;
  }

  /** Follows what a pinned project requires. */
  void follow(Wanted first) {
    open.add(first);
    while (!open.isEmpty()) {
      Wanted next = open.remove();
      if (seen.add(next)) {
        requires(next).forEach(dependency -> add(dependency, next.extras()));
      }
    }
  }

  private void add(DependencySpecifier dependency, Set<String> extras) {
    if (!counts(dependency, extras)) {
      return;
    }
    // One that was not installed there did not count there: colorama on Linux.
    known.of(dependency.project()).stream()
        .filter(dependency.specifiers()::contains)
        .reduce((_, newest) -> newest)
        .ifPresent(
            version -> {
              found.putIfAbsent(dependency.project(), version);
              open.add(new Wanted(dependency.project(), version, dependency.extras()));
            });
  }

  private static boolean counts(DependencySpecifier dependency, Set<String> extras) {
    if (dependency.marker() == null) {
      return true;
    }
    Set<String> asked = new HashSet<>(extras);
    asked.add("");
    return asked.stream().anyMatch(extra -> counts(dependency.marker(), extra));
  }

  private static boolean counts(Marker marker, String extra) {
    return MarkerEnvironment.common().stream()
        .anyMatch(
            place -> {
              try {
                return marker.evaluate(place.withExtra(extra));
              } catch (MalformedException e) {
                // What cannot be judged may count.
                return true;
              }
            });
  }

  private List<DependencySpecifier> requires(Wanted wanted) {
    if (!(pages.get(wanted.project()) instanceof PageOutcome.Fresh fresh)) {
      return List.of();
    }
    Optional<PageFile> wheel =
        fresh.page().files().stream()
            .filter(file -> file.name() instanceof WheelName)
            .filter(file -> file.name().version().equals(wanted.version()))
            .filter(file -> file.metadata().isOffered())
            .findFirst();
    return wheel.map(this::requires).orElseGet(() -> unread(wanted.project()));
  }

  private List<DependencySpecifier> requires(PageFile wheel) {
    try (FileOutcome.Content content =
        index.metadata(wheel) instanceof FileOutcome.Content there ? there : null) {
      if (content == null) {
        return unread(wheel.name().project());
      }
      CoreMetadata metadata =
          CoreMetadata.parse(content.body().readNBytes(CoreMetadata.LONGEST_BYTES));
      return metadata.requiresDist().stream()
          .map(DependencySpecifier::parseIfValid)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException | MalformedException e) {
      return unread(wheel.name().project());
    }
  }

  private List<DependencySpecifier> unread(ProjectName project) {
    unread.add(project.normalized());
    return List.of();
  }

  /** The projects that were found, with the version of each. */
  SortedMap<ProjectName, Version> found() {
    return found;
  }

  /** Projects of which it is not known what they require. */
  Set<String> unread() {
    return unread;
  }
}
