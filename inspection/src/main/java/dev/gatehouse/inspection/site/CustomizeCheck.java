package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * {@code sitecustomize} and {@code usercustomize} modules, which {@code site} imports at every
 * start, in whatever form Python imports: source, bytecode, native, package, or inside an archive
 * on the path. None of 966 popular wheels has one where it would be imported.
 */
final class CustomizeCheck implements SiteCheck {
  private static final Set<String> NAMES = Set.of("sitecustomize", "usercustomize");

  private final Set<String> pathFolders;
  private final List<String> nestedFiles;

  /**
   * Looks at the top and in these places.
   *
   * @param pathFolders what {@code .pth} lines put on the path, relative to the site directory:
   *     folders, and archives
   * @param nestedFiles the files in archives inside
   */
  CustomizeCheck(Set<String> pathFolders, List<String> nestedFiles) {
    this.pathFolders = pathFolders;
    this.nestedFiles = nestedFiles;
  }

  @Override
  public void check(Site site, Consumer<Finding> found) {
    Set<String> tops = new TreeSet<>(pathFolders);
    tops.add("");
    for (SiteFile file : site.files()) {
      if (file.placement().isInSite() && isCustomize(tops, file.sitePath())) {
        found.accept(finding(site, file.path()));
      }
    }
    for (String path : nestedFiles) {
      if (isCustomize(pathFolders, path)) {
        found.accept(finding(site, path));
      }
    }
  }

  private static Finding finding(Site site, String path) {
    Finding finding =
        StartupRules.CUSTOMIZE.in(path, "Is imported at every start of any Python that sees it");
    return site.isWheel() ? finding : finding.as(Severity.HIGH, false);
  }

  private static boolean isCustomize(Set<String> tops, String path) {
    for (String name : NAMES) {
      for (int at = path.indexOf(name); at >= 0; at = path.indexOf(name, at + 1)) {
        boolean atTop = at == 0 ? tops.contains("") : tops.contains(folder(path, at));
        if (atTop && isModule(path.substring(at + name.length()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String folder(String path, int at) {
    String before = path.substring(0, at);
    if (before.endsWith("!/")) {
      return before.substring(0, before.length() - 2);
    }
    return before.endsWith("/") ? before.substring(0, before.length() - 1) : before + "?";
  }

  /**
   * What may follow the name: {@code .py}, {@code .cpython-313-darwin.so}, {@code /__init__.py}.
   */
  private static boolean isModule(String rest) {
    String suffix = rest.startsWith("/__init__.") ? rest.substring("/__init__".length()) : rest;
    return suffix.startsWith(".")
        && suffix.indexOf('/') < 0
        && (suffix.endsWith(".py")
            || suffix.endsWith(".pyc")
            || suffix.endsWith(".pyw")
            || suffix.endsWith(".so")
            || suffix.endsWith(".pyd"));
  }
}
