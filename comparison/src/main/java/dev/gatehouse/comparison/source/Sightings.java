package dev.gatehouse.comparison.source;

import java.util.Map;

/**
 * What a search through the history found.
 *
 * @param found where each was seen last
 * @param isComplete whether all of the history was gone through, so that what was not found is not
 *     there
 */
public record Sightings(Map<BlobId, Sighting> found, boolean isComplete) {
  /** Takes a copy. */
  public Sightings {
    found = Map.copyOf(found);
  }

  /**
   * Bytes in the history.
   *
   * @param commit the newest one that brought them to the path
   */
  public record Sighting(Revision commit, String path) {}
}
