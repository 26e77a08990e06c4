package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a file name was first seen on an upstream's page, and with which bytes. It outlives the
 * file's listing, so that a file that is taken down and comes back with other bytes is known to
 * have changed.
 *
 * @param sha256 the hash that the page gave then; null where it gave none
 * @param at when; the fallback for an upstream that gives no upload time
 */
public record Seen(@Nullable Sha256 sha256, Instant at) {}
