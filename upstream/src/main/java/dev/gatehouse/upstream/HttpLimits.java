package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import java.time.Duration;

/**
 * How long an index may take and how much it may send.
 *
 * @param page for pages
 * @param beside for metadata and provenance
 * @param artifact for artifacts: as long and as large as they are; whoever reads one stops where it
 *     is larger than its page says
 */
record HttpLimits(Limits page, Limits beside, Limits artifact) {
  /** pip waits 15 s for an answer, ours included. */
  private static final Duration BEFORE_CLIENTS_GIVE_UP = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Scanners on the way hold a file back before they pass it on. */
  private static final Duration ARTIFACT_IDLE = Duration.ofSeconds(20);

  /** PyPI's largest pages have 10 to 20 MB; a mirror's of nightly builds has had 50. */
  private static final long PAGE_BYTES = 64L << 20;

  /** Those that are in force outside of tests. */
  static HttpLimits usual() {
    return new HttpLimits(
        new Limits(BEFORE_CLIENTS_GIVE_UP, IDLE, PAGE_BYTES),
        new Limits(BEFORE_CLIENTS_GIVE_UP, IDLE, CoreMetadata.LONGEST_BYTES),
        new Limits(null, ARTIFACT_IDLE, Long.MAX_VALUE));
  }
}
