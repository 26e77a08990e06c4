package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.inspection.startup.StartupRules;
import dev.gatehouse.packaging.record.EntryPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Entry points that a tool loads as soon as it runs, without being told to: 17 of 966 popular
 * wheels are plug-ins of pytest, at most 9 of each group of setuptools.
 */
final class EntryPointCheck implements SiteCheck {
  private static final Set<String> GROUPS =
      Set.of(
          "pytest11",
          "egg_info.writers",
          "flake8.extension",
          "flake8.report",
          "keyring.backends",
          "mkdocs.plugins",
          "nose.plugins",
          "nose.plugins.0.10",
          "pylint.plugins",
          "sphinx.builders",
          "sphinx.html_themes",
          "tox",
          "twine.registered_commands",
          "hatch",
          "pip.plugins",
          "poetry.plugin",
          "poetry.application.plugin",
          "jupyter_serverproxy_servers",
          "ddtrace.plugins",
          "usercustomize",
          "sitecustomize");
  private static final List<String> FAMILIES =
      List.of("setuptools.", "distutils.", "opentelemetry_", "virtualenv.", "sphinx.");

  @Override
  public void check(Site site, Consumer<Finding> found) {
    for (Distribution distribution : site.distributions()) {
      Set<String> told = new HashSet<>();
      for (EntryPoint point : distribution.entryPoints()) {
        if (isAutomatic(point.group()) && told.add(point.group())) {
          found.accept(
              StartupRules.ENTRY_POINT.at(
                  distribution.folder() + "/entry_points.txt",
                  point.line(),
                  "The tool that looks for %s loads this by itself".formatted(point.group()),
                  point.name() + " = " + point.value()));
        }
      }
    }
  }

  private static boolean isAutomatic(String group) {
    return GROUPS.contains(group) || FAMILIES.stream().anyMatch(group::startsWith);
  }
}
