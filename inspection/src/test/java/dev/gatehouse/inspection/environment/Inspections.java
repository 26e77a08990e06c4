package dev.gatehouse.inspection.environment;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.knownbad.KnownBadInspector;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.startup.FakeSource;
import java.util.List;
import java.util.Optional;

/** Inspects what a test makes up. */
final class Inspections {
  private Inspections() {}

  static Collaborators collaborators() {
    return new Collaborators(
        new FakeSource(),
        new KnownBadInspector(KnownBad.builtIn()),
        (name, content, depth, reader) -> Optional.empty(),
        1 << 20);
  }

  static TargetReport environment(MemoryTree tree, String root) {
    SearchResult found = EnvironmentSearch.at(tree, root);
    return new EnvironmentInspector(Inspections::collaborators)
        .inspect(root, found.environments().getFirst(), tree);
  }

  /** {@code rule severity path:line} of each. */
  static List<String> texts(TargetReport report) {
    return report.findings().stream().map(Inspections::text).toList();
  }

  private static String text(Finding finding) {
    return "%s %s %s:%d"
        .formatted(
            finding.rule().name(), finding.severity().text(), finding.path(), finding.line());
  }
}
