package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.function.Consumer;

/**
 * Bytecode that Python runs instead of source: without any ({@code m.pyc} beside nothing), or
 * without comparing (PEP 552: flags 1, "unchecked hash"). 10 of 966 popular wheels ship bytecode,
 * all of it with its source and its date.
 */
final class BytecodeCheck implements SiteCheck {
  private static final String CACHE = "__pycache__/";

  @Override
  public void check(Site site, Consumer<Finding> found) {
    for (SiteFile file : site.files()) {
      if (file.inspected().role() == FileRole.BYTECODE && file.placement().isInSite()) {
        check(site, file, found);
      }
    }
  }

  private static void check(Site site, SiteFile file, Consumer<Finding> found) {
    String path = file.sitePath();
    int cache = path.lastIndexOf(CACHE);
    if (cache < 0) {
      String source = path.substring(0, path.length() - 1);
      if (site.inSite(source) == null) {
        found.accept(finding(site, file, "Runs when it is imported, and there is no source of it"));
      }
      return;
    }
    String name = path.substring(cache + CACHE.length());
    int dot = name.indexOf('.');
    String source = path.substring(0, cache) + name.substring(0, Math.max(dot, 0)) + ".py";
    if (site.inSite(source) != null && file.inspected().unchecked()) {
      found.accept(
          finding(
              site,
              file,
              "Runs instead of the source beside it, and Python does not compare them"));
    }
  }

  private static Finding finding(Site site, SiteFile file, String message) {
    Finding finding = StartupRules.SOURCELESS_BYTECODE.in(file.path(), message);
    return site.isWheel() ? finding : finding.as(Severity.MEDIUM, false);
  }
}
