package dev.gatehouse.provenance.attestation;

import dev.gatehouse.provenance.identity.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * Whom an index names as the publisher. Nobody signed it.
 *
 * @param environment the deployment environment that the publisher is bound to; null: none. No
 *     certificate says it, so it stays the index's word
 */
public record PublisherClaim(Publisher publisher, @Nullable String environment) {}
