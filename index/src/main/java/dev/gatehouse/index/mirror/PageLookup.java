package dev.gatehouse.index.mirror;

import dev.gatehouse.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** The answer to "what do we know of this project?". */
public sealed interface PageLookup {
  /**
   * The project is known.
   *
   * @param stale why its page could not be confirmed now; null: it is as fresh as it should be
   */
  record Found(KnownProject project, @Nullable UpstreamFailure stale) implements PageLookup {}

  /** Its upstream does not have it, or no upstream may be asked for it. */
  record Absent() implements PageLookup {}

  /** Its upstream could not be asked, and nothing is known from before. */
  record Unavailable(UpstreamFailure failure) implements PageLookup {}
}
