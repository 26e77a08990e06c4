package dev.gatehouse.index.listing;

import dev.gatehouse.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** The answer to "what is shown of this project?". */
public sealed interface ListingLookup {
  /**
   * The project is known.
   *
   * @param stale why its page could not be confirmed with the upstream now; null: it is as fresh as
   *     it should be
   */
  record Found(Listing listing, @Nullable UpstreamFailure stale) implements ListingLookup {}

  /** There is no such project here. */
  record Absent() implements ListingLookup {}

  /** Whether there is could not be found out. */
  record Unavailable(UpstreamFailure failure) implements ListingLookup {}
}
