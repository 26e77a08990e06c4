package dev.gatehouse.pins.check;

import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.upstream.PageOutcome;
import java.util.List;

/** Pages of which only a part is kept. */
final class Pages {
  private Pages() {}

  /** The page with these files alone. */
  static PageOutcome.Fresh with(PageOutcome.Fresh fresh, List<PageFile> files) {
    ProjectPage page = fresh.page();
    return new PageOutcome.Fresh(
        new ProjectPage(page.name(), page.status(), List.of(), files),
        fresh.validator(),
        fresh.maxAge(),
        List.of());
  }
}
