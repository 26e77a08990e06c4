package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.upstream.Validator;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A project as its one upstream describes it, with the history of its files. Immutable: another
 * answer of the upstream makes another value.
 *
 * @param upstream the name of the only upstream that the page came from
 * @param page the page as the upstream gave it, its addresses being the upstream's
 * @param seen by file name, when each file ever listed was first seen
 * @param validator what to revalidate the page with
 * @param fetchedAt when the upstream last gave this page
 */
public record KnownProject(
    String upstream,
    ProjectPage page,
    Map<String, Seen> seen,
    Validator validator,
    Instant fetchedAt) {
  public KnownProject {
    seen = Map.copyOf(seen);
  }

  /** A project whose upstream gives this page now: what is new on it is seen for the first time. */
  static KnownProject listed(
      String upstream,
      ProjectPage page,
      Map<String, Seen> history,
      Validator validator,
      Instant now) {
    Map<String, Seen> seen = new HashMap<>(history);
    page.files()
        .forEach(
            file ->
                seen.computeIfAbsent(
                    file.name().filename(), _ -> new Seen(file.sha256().orElse(null), now)));
    return new KnownProject(upstream, page, seen, validator, now);
  }

  /** The project's name. */
  public ProjectName name() {
    return page.name();
  }
}
