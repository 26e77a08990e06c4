package dev.gatehouse.advisories;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a feed gave.
 *
 * @param advisories as they are remembered now
 * @param confirmed when the feed's server last said that they are its newest
 * @param fault why the server could not be asked now, or what was wrong with its answer, in a
 *     sentence; null: it was asked, and answered
 */
public record FeedReading(Advisories advisories, Instant confirmed, @Nullable String fault) {}
