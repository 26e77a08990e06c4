package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import java.util.function.Consumer;

/** Looks at a whole site directory for one kind of thing. */
interface SiteCheck {
  void check(Site site, Consumer<Finding> found);
}
