package dev.gatehouse.inspection.environment;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place where Python packages are installed.
 *
 * @param root its prefix in the tree: the folder that has {@code bin} or {@code Scripts}
 * @param sites its site directories in the tree, in the order in which Python reads them
 * @param version of Python, such as {@code 3.13.1} or {@code 3.13}; null where nothing tells it
 */
public record Environment(String root, Kind kind, List<String> sites, @Nullable String version) {
  /** Who made it, or whose it is. */
  public enum Kind {
    VENV,
    SYSTEM,
    USER,
    PYENV,
    CONDA,
    PIPX,
    UV,
    /** A venv that Poetry, PDM, Hatch, Pipenv or virtualenvwrapper keeps in a folder of its own. */
    PROJECT_TOOL,
    IMAGE;

    /** As it is written in reports. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Takes a copy. */
  public Environment {
    sites = List.copyOf(sites);
  }

  Environment withSites(List<String> others) {
    return new Environment(root, kind, others, version);
  }
}
