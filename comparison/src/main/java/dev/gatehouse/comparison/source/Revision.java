package dev.gatehouse.comparison.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of a source.
 *
 * @param name a tag's, a branch's, or what else it was found by
 * @param commit 40 hex digits; null for a folder, which has no history
 * @param time when it was committed; null for a folder
 */
public record Revision(String name, @Nullable String commit, @Nullable Instant time) {}
