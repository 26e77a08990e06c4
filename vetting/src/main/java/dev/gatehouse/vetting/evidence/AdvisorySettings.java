package dev.gatehouse.vetting.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where advisories come from.
 *
 * @param source an https address, or the path of a file, folder or zip of OSV records; null: none
 * @param refresh how often the source is asked
 * @param builtIn whether the incidents that are built in count
 */
public record AdvisorySettings(@Nullable String source, Duration refresh, boolean builtIn) {
  /** Only what is built in. */
  public static final AdvisorySettings BUILT_IN =
      new AdvisorySettings(null, Duration.ofHours(1), true);

  /** Checks. */
  public AdvisorySettings {
    if (!refresh.isPositive()) {
      throw new IllegalArgumentException("a source is asked every so often, not every " + refresh);
    }
  }
}
