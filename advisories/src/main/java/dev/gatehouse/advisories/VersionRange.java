package dev.gatehouse.advisories;

import dev.gatehouse.packaging.version.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as the OSV schema writes it: events in any order, which are read in the order
 * of PEP 440 (OSV schema 1.7, "affected[].ranges[].events fields" and "Evaluation").
 */
public record VersionRange(List<Event> events) {
  /** What happens at a version. Where several happen at one, in this order. */
  public enum EventKind {
    /** From it on, the version itself not, nothing is affected. */
    FIXED,
    /** From it on, itself included, all is affected; {@code 0} is before the first version. */
    INTRODUCED,
    /** After it nothing is affected. */
    LAST_AFFECTED,
    /** What the range does not go beyond; {@code *} is no limit. */
    LIMIT
  }

  /**
   * One event.
   *
   * @param version as it is written, which real records do not always do after PEP 440
   */
  public record Event(EventKind kind, String version) {}

  /** An event with its version read; null: before the first. */
  private record Point(EventKind kind, @Nullable Version version) {
    private static final Comparator<Point> ORDER =
        Comparator.comparing(Point::version, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Point::kind);

    boolean isReachedBy(Version candidate) {
      return version == null || candidate.compareTo(version) >= 0;
    }

    boolean isPassedBy(Version candidate) {
      return version == null || candidate.compareTo(version) > 0;
    }
  }

  /** Takes a copy. */
  public VersionRange {
    events = List.copyOf(events);
  }

  /** Whether a version lies in it. */
  public boolean contains(Version version) {
    return isBelowLimit(version) && isAffected(version);
  }

  /** The first version after this one that is fixed. */
  Optional<Version> fixAfter(Version version) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.FIXED)
        .flatMap(event -> Version.parseIfValid(event.version()).stream())
        .filter(fixed -> fixed.compareTo(version) > 0)
        .min(Comparator.naturalOrder());
  }

  /** Whether this is a version that an event calls fixed. */
  boolean isFixedIn(Version version) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.FIXED)
        .flatMap(event -> Version.parseIfValid(event.version()).stream())
        .anyMatch(version::equals);
  }

  private boolean isBelowLimit(Version version) {
    List<Event> limits = events.stream().filter(event -> event.kind() == EventKind.LIMIT).toList();
    return limits.isEmpty()
        || limits.stream()
            .map(Event::version)
            .anyMatch(
                limit ->
                    Version.parseIfValid(limit)
                        .map(end -> version.compareTo(end) < 0)
                        .orElse(true));
  }

  private boolean isAffected(Version version) {
    List<Point> points =
        events.stream().flatMap(event -> point(event).stream()).sorted(Point.ORDER).toList();
    boolean affected = false;
    for (Point point : points) {
      affected =
          switch (point.kind()) {
            case INTRODUCED -> affected || point.isReachedBy(version);
            case FIXED -> affected && !point.isReachedBy(version);
            case LAST_AFFECTED -> affected && !point.isPassedBy(version);
            case LIMIT -> affected;
          };
    }
    return affected;
  }

  /**
   * What cannot be ordered must not make anything safe: a beginning of that kind is before the
   * first version, and an end of that kind never comes. (Of 10,011 events of PYSEC two are such.)
   */
  private static Optional<Point> point(Event event) {
    Optional<Version> version =
        event.version().equals("0") ? Optional.empty() : Version.parseIfValid(event.version());
    return event.kind() == EventKind.INTRODUCED
        ? Optional.of(new Point(event.kind(), version.orElse(null)))
        : version.map(read -> new Point(event.kind(), read));
  }
}
