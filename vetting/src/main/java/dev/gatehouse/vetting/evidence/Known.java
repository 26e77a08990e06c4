package dev.gatehouse.vetting.evidence;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.packaging.artifact.Sha256;
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
    KnownBad bad, Sha256 id, int records, @Nullable Instant asOf, @Nullable String stale) {}
