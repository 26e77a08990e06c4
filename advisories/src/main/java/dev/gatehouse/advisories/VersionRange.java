package dev.gatehouse.advisories;

import dev.gatehouse.packaging.version.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as the OSV schema writes it: events in any order, which are read in the order
 * of PEP 440 (OSV schema 1.7, "affected[].ranges[].events fields" and "Evaluation").
 *
 * @param events in the order of PEP 440, whatever order they are given in: a version is looked up
 *     for each file of a page in hundreds of ranges, so that nothing may be sorted or parsed then
 */
public record VersionRange(List<Event> events) {
  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::version, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Event::kind);

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
   * @param version null: it cannot be ordered, or is before the first version
   */
  public record Event(EventKind kind, @Nullable Version version) {
    /** Of a version as it is written, which in real records is not always a version. */
    public static Event of(EventKind kind, String version) {
      return new Event(
          kind, version.equals("0") ? null : Version.parseIfValid(version).orElse(null));
    }

    private boolean isReachedBy(Version candidate) {
      return version == null || candidate.compareTo(version) >= 0;
    }

    private boolean isPassedBy(Version candidate) {
      return version == null || candidate.compareTo(version) > 0;
    }

    /**
     * What cannot be ordered must not make anything safe: a beginning of that kind is before the
     * first version, and an end of that kind never comes. (Of 10,011 events of PYSEC two are such.)
     */
    private boolean counts() {
      return version != null || kind == EventKind.INTRODUCED;
    }
  }

  /** Takes a copy, in order. */
  public VersionRange {
    events = events.stream().sorted(ORDER).toList();
  }

  /** Whether a version lies in it. */
  public boolean contains(Version version) {
    return isBelowLimit(version) && isAffected(version);
  }

  /** The first version after this one that is fixed. */
  Optional<Version> fixAfter(Version version) {
    return fixes().filter(fixed -> fixed.compareTo(version) > 0).min(Comparator.naturalOrder());
  }

  /** Whether this is a version that an event calls fixed. */
  boolean isFixedIn(Version version) {
    return fixes().anyMatch(version::equals);
  }

  private Stream<Version> fixes() {
    return events.stream()
        .filter(event -> event.kind() == EventKind.FIXED)
        .flatMap(event -> Stream.ofNullable(event.version()));
  }

  private boolean isBelowLimit(Version version) {
    boolean limited = false;
    for (Event event : events) {
      if (event.kind() == EventKind.LIMIT) {
        if (event.version() == null || version.compareTo(event.version()) < 0) {
          return true;
        }
        limited = true;
      }
    }
    return !limited;
  }

  private boolean isAffected(Version version) {
    boolean affected = false;
    for (Event event : events) {
      if (event.counts()) {
        affected =
            switch (event.kind()) {
              case INTRODUCED -> affected || event.isReachedBy(version);
              case FIXED -> affected && !event.isReachedBy(version);
              case LAST_AFFECTED -> affected && !event.isPassedBy(version);
              case LIMIT -> affected;
            };
      }
    }
    return affected;
  }
}
