package dev.gatehouse.index.listing;

import dev.gatehouse.packaging.version.Version;
import java.util.List;

/**
 * What a resolver takes instead of newer versions that are passed over.
 *
 * @param passedOver the newest of those
 * @param taken the newest that is offered
 * @param vulnerabilities the ids of the known ones of {@code taken}
 */
public record Fallback(Version passedOver, Version taken, List<String> vulnerabilities) {
  public Fallback {
    vulnerabilities = List.copyOf(vulnerabilities);
  }
}
