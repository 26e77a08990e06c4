package dev.gatehouse.pins.check;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.requirement.MarkerEnvironment;
import dev.gatehouse.packaging.requirement.MarkerEnvironment.Platform;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The places that requirements are thought through for: each CPython on each common platform. */
final class Environments {
  /** Those that have upstream's support or lost it within the last years. */
  static final List<String> PYTHONS =
      List.of("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15");

  private static final List<MarkerEnvironment> ALL =
      PYTHONS.stream()
          .flatMap(
              python ->
                  Stream.of(Platform.values())
                      .map(platform -> MarkerEnvironment.cpython(python, platform)))
          .toList();

  private Environments() {}

  /** Whether there is a place where both count. */
  static boolean overlap(@Nullable Marker one, @Nullable Marker other) {
    return ALL.stream().anyMatch(place -> counts(one, place) && counts(other, place));
  }

  /** Whether it counts in a place; what cannot be judged counts. */
  static boolean counts(@Nullable Marker marker, MarkerEnvironment place) {
    if (marker == null) {
      return true;
    }
    try {
      return marker.evaluate(place);
    } catch (MalformedException e) {
      return true;
    }
  }
}
