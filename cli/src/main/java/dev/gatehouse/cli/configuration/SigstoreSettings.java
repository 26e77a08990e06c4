package dev.gatehouse.cli.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom attestations are believed by.
 *
 * @param trustedRoot the {@code trusted_root.json} that counts; null: the public instance's
 * @param refresh whether the public instance is asked for its newest one
 */
public record SigstoreSettings(@Nullable Path trustedRoot, boolean refresh) {}
