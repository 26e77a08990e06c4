package dev.gatehouse.upstream;

import dev.gatehouse.packaging.simple.ProjectPage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking for a project's page. */
public sealed interface PageOutcome {
  /**
   * The page as it is now.
   *
   * @param maxAge how long the upstream says that it stays fresh; null: it does not say
   * @param problems what was left out of it and why, a line each
   */
  record Fresh(
      ProjectPage page, Validator validator, @Nullable Duration maxAge, List<String> problems)
      implements PageOutcome {
    public Fresh {
      problems = List.copyOf(problems);
    }
  }

  /** The page that the validator came with is still the one. */
  record NotModified(@Nullable Duration maxAge) implements PageOutcome {}

  /** The upstream says that it has no such project. */
  record Absent() implements PageOutcome {}

  /** Whether there is one could not be found out. */
  record Unavailable(UpstreamFailure failure) implements PageOutcome {}
}
