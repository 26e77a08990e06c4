package dev.gatehouse.pins.check;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.requirement.MarkerEnvironment;
import org.jspecify.annotations.Nullable;

/** The places that requirements are thought through for: each CPython on each common platform. */
final class Environments {
  private Environments() {}

  /** Whether there is a place where both count. */
  static boolean overlap(@Nullable Marker one, @Nullable Marker other) {
    return MarkerEnvironment.common().stream()
        .anyMatch(place -> counts(one, place) && counts(other, place));
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
