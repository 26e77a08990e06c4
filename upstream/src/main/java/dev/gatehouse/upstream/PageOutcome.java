package dev.gatehouse.upstream;

import dev.gatehouse.packaging.simple.ProjectPage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of asking for a project's page. */
public sealed interface PageOutcome {
  /**
   * The page came.
   *
   * @param validator to ask with the next time; may be empty
   * @param maxAge for how long the upstream calls it fresh; zero: not at all; null: it does not say
   * @param problems what of the page was dropped, a line each, fit to be logged
   */
  record Fresh(
      ProjectPage page, Validator validator, @Nullable Duration maxAge, List<String> problems)
      implements PageOutcome {
    public Fresh {
      problems = List.copyOf(problems);
    }
  }

  /**
   * The page is still the one that was known.
   *
   * @param maxAge as for {@link Fresh}
   */
  record NotModified(@Nullable Duration maxAge) implements PageOutcome {}

  /** The upstream says that it has no such project. */
  record Absent() implements PageOutcome {}

  /** Nobody knows: the upstream could not be asked or understood. */
  record Unavailable(UpstreamFailure failure) implements PageOutcome {}
}
