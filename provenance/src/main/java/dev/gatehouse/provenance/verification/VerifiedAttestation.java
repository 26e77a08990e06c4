package dev.gatehouse.provenance.verification;

import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.SignerIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attestation that holds.
 *
 * @param claimed whether an index named the same publisher
 * @param environment the deployment environment, as the index claims it; null: it claims none
 * @param logged when the transparency log took it, to the second
 * @param logIndex where in the log it is
 */
public record VerifiedAttestation(
    Predicate predicate,
    SignerIdentity signer,
    boolean claimed,
    @Nullable String environment,
    Instant logged,
    long logIndex) {}
