package dev.gatehouse.comparison.claim;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A repository that an artifact says it comes from.
 *
 * @param repository its address over https, without a user or a query
 * @param folder the part of it that holds the project, with slashes; null: it does not say
 * @param label where the artifact says so: {@code Project-URL Source}, {@code Home-page}
 */
public record SourceClaim(URI repository, @Nullable String folder, String label) {}
