package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import dev.gatehouse.packaging.name.ProjectName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Top-level modules of a wheel named like one of the standard library (of 966 popular wheels only
 * argparse's), or like the module of a project that everybody has: whichever is installed last
 * wins.
 */
final class ModuleShadowCheck implements SiteCheck {
  @Override
  public void check(Site site, Consumer<Finding> found) {
    if (!site.isWheel() || site.wheelName() == null) {
      return;
    }
    ProjectName project = site.wheelName().project();
    for (Map.Entry<String, String> top : tops(site).entrySet()) {
      String module = top.getKey();
      Set<String> owners = ImportNames.projectsOf(module);
      if (StandardLibrary.had(module)) {
        found.accept(
            StartupRules.MODULE_SHADOW.in(
                top.getValue(),
                "Takes the name of %s, which newer Pythons no longer have: old code will import this"
                    .formatted(module)));
      } else if (StandardLibrary.has(module)) {
        found.accept(
            StartupRules.MODULE_SHADOW
                .in(
                    top.getValue(),
                    "Is named like %s of the standard library, which hides it as long as the path is in order"
                        .formatted(module))
                .as(Severity.LOW, false));
      } else if (!owners.isEmpty() && !owners.contains(project.normalized())) {
        found.accept(
            StartupRules.MODULE_SHADOW.in(
                top.getValue(),
                "Takes the place of the module %s, which belongs to %s"
                    .formatted(module, String.join(" or ", owners.stream().sorted().toList()))));
      }
    }
  }

  /** The names that a wheel adds to the top, each with a file that shows it. */
  private static Map<String, String> tops(Site site) {
    Map<String, String> tops = new TreeMap<>();
    for (SiteFile file : site.files()) {
      FileRole role = file.inspected().role();
      boolean module =
          role == FileRole.PYTHON || role == FileRole.NATIVE || role == FileRole.BYTECODE;
      if (file.placement().isInSite() && module) {
        String path = file.sitePath();
        int end = path.indexOf('/');
        String top = end < 0 ? path.substring(0, path.indexOf('.')) : path.substring(0, end);
        // A folder is a package only where it has such a module; a namespace adds to others.
        if (end < 0 || path.startsWith("__init__.", end + 1)) {
          tops.putIfAbsent(top, file.path());
        }
      }
    }
    return tops;
  }
}
