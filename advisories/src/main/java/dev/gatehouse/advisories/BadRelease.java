package dev.gatehouse.advisories;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.time.Instant;

/**
 * A malicious version and when the public index offered it; its page forgets it when it is removed.
 *
 * @param from when it was uploaded
 * @param until when it was gone by every report
 */
public record BadRelease(ProjectName project, Version version, Instant from, Instant until) {
  /** Checks the order of the times. */
  public BadRelease {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a release is offered before it is gone");
    }
  }

  /** Whether it could be installed at a moment. */
  public boolean isOffered(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
