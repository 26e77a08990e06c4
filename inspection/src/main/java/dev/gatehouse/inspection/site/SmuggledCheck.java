package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Files of a wheel that its {@code .data} folder puts where a package has no business: back into a
 * site directory, into the standard library, or where the system or conda runs them. 26 of 966
 * popular wheels use the data scheme; none does this.
 */
final class SmuggledCheck implements SiteCheck {
  private static final Pattern LIBRARY =
      Pattern.compile("lib(64)?+/(python[0-9.]++|pypy[0-9.]++)/.++|lib/[^/]++\\.py");
  private static final List<String> RUN_BY_THE_SYSTEM =
      List.of(
          "etc/conda/",
          "etc/profile.d/",
          "etc/environment.d/",
          "etc/fish/conf.d/",
          ".config/",
          "etc/cron",
          "etc/init.d/",
          "etc/systemd/",
          "etc/xdg/autostart/",
          "lib/systemd/",
          "share/systemd/",
          "share/autostart/",
          "share/dbus-1/services/",
          "etc/ld.so",
          "etc/pip.conf",
          "pip.conf",
          "pip.ini",
          "pyvenv.cfg");

  /** Read by shells and login managers, where the package is installed for a user or a system. */
  private static final Set<String> PROFILES =
      Set.of(
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin",
          ".pam_environment",
          ".xprofile",
          ".kshrc",
          ".cshrc",
          "etc/environment",
          "etc/profile",
          "etc/bash.bashrc",
          "etc/zshenv",
          "etc/zsh/zshenv",
          "etc/pythonstart");

  @Override
  public void check(Site site, Consumer<Finding> found) {
    if (!site.isWheel()) {
      return;
    }
    Map<String, SiteFile> places = new HashMap<>();
    for (SiteFile file : site.files()) {
      switch (file.placement().scheme()) {
        case SMUGGLED_SITE -> found.accept(smuggled(file));
        case DATA -> checkData(file, found);
        case UNKNOWN ->
            found.accept(
                StartupRules.DATA_SMUGGLED
                    .in(file.path(), "Lies in a .data folder of a kind that no installer knows")
                    .as(Severity.HIGH, false));
        case SCRIPTS -> checkScript(file, found);
        case SITE, HEADERS -> {}
      }
      if (file.placement().isInSite()) {
        SiteFile other = places.put(file.sitePath(), file);
        if (other != null) {
          found.accept(
              StartupRules.DATA_SMUGGLED.in(
                  file.path(),
                  "Is installed over %s of the same wheel: what a reader sees is not what runs"
                      .formatted(other.path())));
        }
      }
    }
  }

  private static Finding smuggled(SiteFile file) {
    Finding finding =
        StartupRules.DATA_SMUGGLED.in(
            file.path(),
            "Gets into site-packages by way of the data files, past whoever looks there");
    return file.inspected().role().isCode() ? finding : finding.as(Severity.HIGH, false);
  }

  /** Beside the interpreter, a ._pth file says where it looks for modules. */
  private static void checkScript(SiteFile file, Consumer<Finding> found) {
    if (file.placement().path().toLowerCase(Locale.ROOT).endsWith("._pth")) {
      found.accept(
          StartupRules.DATA_SMUGGLED.in(
              file.path(), "Gets beside the interpreter, which obeys it at every start"));
    }
  }

  private static void checkData(SiteFile file, Consumer<Finding> found) {
    String path = file.placement().path().toLowerCase(Locale.ROOT);
    if (LIBRARY.matcher(path).matches() && file.inspected().role().isCode()) {
      found.accept(
          StartupRules.DATA_SMUGGLED.in(
              file.path(),
              "Gets into the folder of the standard library, which Python searches first"));
    } else if (path.endsWith("._pth")
        || RUN_BY_THE_SYSTEM.stream().anyMatch(path::startsWith)
        || PROFILES.contains(path)) {
      found.accept(
          StartupRules.DATA_SMUGGLED.in(
              file.path(),
              "Gets into a place whose files the system, conda, pip or Python obeys by itself"));
    }
  }
}
