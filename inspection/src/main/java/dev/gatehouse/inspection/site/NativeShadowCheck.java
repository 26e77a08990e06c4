package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.function.Consumer;

/**
 * A native module beside source of the same name: Python takes the native one. 24 of 966 popular
 * wheels have such pairs, since mypyc and Cython leave the source there; so this only tells, except
 * where the wheel says that it holds nothing native.
 */
final class NativeShadowCheck implements SiteCheck {
  private static final int MOST = 5;

  @Override
  public void check(Site site, Consumer<Finding> found) {
    int count = 0;
    for (SiteFile file : site.files()) {
      String source = file.placement().isInSite() ? source(file.sitePath()) : "";
      if (!source.isEmpty() && site.inSite(source) != null && count++ < MOST) {
        Finding finding =
            StartupRules.NATIVE_SHADOW.in(
                file.path(), "Runs instead of %s beside it".formatted(name(source)));
        found.accept(site.isPure() ? finding.as(Severity.HIGH, false) : finding);
      }
    }
  }

  /** The source that a native module hides, if it is there; empty for other files. */
  private static String source(String path) {
    if (!path.endsWith(".so") && !path.endsWith(".pyd")) {
      return "";
    }
    int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
    return path.substring(0, dot) + ".py";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
