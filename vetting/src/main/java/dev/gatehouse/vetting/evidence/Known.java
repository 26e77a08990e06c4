package dev.gatehouse.vetting.evidence;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is publicly known to be bad, at one moment. Immutable, and compared by identity.
 *
 * @param bad what is known
 * @param id tells one state of it from another
 * @param records how many there are
 * @param asOf when the source last said that they are its newest; null: it never did, or there is
 *     no source
 * @param stale why newer malware might not be known, a clause; null: it would be
 */
public record Known(
    KnownBad bad, Sha256 id, int records, @Nullable Instant asOf, @Nullable String stale) {
  /**
   * Why it might not be known here that a file is malware, a clause; null: it would be. A file that
   * had been public for as long as any has to be, when the source last spoke, was as well known
   * then as it will be: a source that is away must not stop what an organisation runs on.
   *
   * @param published when it became public; null: nobody knows
   * @param minimumAge how long a file has to be public before it is served
   */
  public @Nullable String staleFor(@Nullable Instant published, Duration minimumAge) {
    boolean settled =
        published != null && asOf != null && !published.isAfter(asOf.minus(minimumAge));
    return settled ? null : stale;
  }
}
