package dev.gatehouse.inspection.environment;

import dev.gatehouse.inspection.environment.Environment.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where installers and tools put environments, by the documentation of each. A star stands for part
 * of a name.
 */
final class KnownPlaces {
  /**
   * Where to look.
   *
   * @param pattern in the tree
   * @param depth how many folders further down environments may lie; 0: it is one itself
   */
  record Place(Kind kind, String pattern, int depth) {}

  private final SearchPlaces places;
  private final List<Place> found = new ArrayList<>();

  private KnownPlaces(SearchPlaces places) {
    this.places = places;
  }

  /** All of them, those first that are told as a kind of their own. */
  static List<Place> of(SearchPlaces places) {
    KnownPlaces known = new KnownPlaces(places);
    known.pyenv();
    known.conda();
    known.pipx();
    known.uv();
    known.projectTools();
    known.user();
    switch (places.platform()) {
      case LINUX -> known.linux();
      case MACOS -> known.macos();
      case WINDOWS -> known.windows();
    }
    return known.found;
  }

  private void add(Kind kind, String... patterns) {
    for (String pattern : patterns) {
      found.add(new Place(kind, pattern, 0));
    }
  }

  private void add(Kind kind, Optional<String> folder, String... below) {
    folder.ifPresent(
        root -> {
          for (String pattern : below) {
            found.add(new Place(kind, pattern.isEmpty() ? root : root + "/" + pattern, 0));
          }
        });
  }

  private void below(Kind kind, Optional<String> folder, int depth) {
    folder.ifPresent(root -> found.add(new Place(kind, root, depth)));
  }

  private Optional<String> home(String relative) {
    return places.homePath().map(folder -> folder + "/" + relative);
  }

  /** {@code XDG_DATA_HOME}, and what each system has in its place. */
  private Optional<String> data() {
    return switch (places.platform()) {
      case LINUX -> places.variableOr("XDG_DATA_HOME", ".local/share");
      case MACOS -> home("Library/Application Support");
      case WINDOWS -> places.variableOr("LOCALAPPDATA", "AppData/Local");
    };
  }

  private Optional<String> roaming() {
    return places.variableOr("APPDATA", "AppData/Roaming");
  }

  private Optional<String> xdgData() {
    return places.variableOr("XDG_DATA_HOME", ".local/share");
  }

  private void pyenv() {
    Optional<String> root = places.variableOr("PYENV_ROOT", ".pyenv");
    add(Kind.PYENV, root, "versions/*", "versions/*/envs/*", "pyenv-win/versions/*");
    add(Kind.PYENV, home(".asdf/installs/python"), "*");
    add(Kind.PYENV, xdgData(), "mise/installs/python/*");
    add(Kind.PYENV, home(".rye/py"), "*", "*/install");
  }

  private void conda() {
    List<Optional<String>> roots = new ArrayList<>();
    for (String variable : List.of("CONDA_ROOT", "MAMBA_ROOT_PREFIX")) {
      roots.add(places.variable(variable));
    }
    for (String name :
        List.of(
            "miniconda3",
            "anaconda3",
            "miniforge3",
            "mambaforge",
            "micromamba",
            "miniconda",
            "anaconda")) {
      roots.add(home(name));
      roots.add(places.path("/opt/" + name));
      roots.add(home("opt/" + name));
      roots.add(places.path("C:/ProgramData/" + name));
      roots.add(data().map(folder -> folder + "/" + name));
    }
    roots.add(places.path("/opt/conda"));
    roots.add(places.path("/opt/homebrew/Caskroom/miniconda/base"));
    roots.add(places.path("/opt/homebrew/Caskroom/miniforge/base"));
    for (Optional<String> root : roots) {
      add(Kind.CONDA, root, "", "envs/*");
    }
    add(Kind.CONDA, home(".conda/envs"), "*");
  }

  private void pipx() {
    add(Kind.PIPX, places.variable("PIPX_HOME"), "venvs/*", "shared");
    add(Kind.PIPX, data(), "pipx/venvs/*", "pipx/shared", "pipx/pipx/venvs/*");
    add(Kind.PIPX, home(".local"), "pipx/venvs/*", "pipx/shared", "share/pipx/venvs/*");
    add(Kind.PIPX, home("pipx"), "venvs/*", "shared");
    add(Kind.PIPX, places.variable("PIPX_GLOBAL_HOME"), "venvs/*");
    add(Kind.PIPX, places.path("/opt/pipx"), "venvs/*");
  }

  private void uv() {
    add(Kind.UV, places.variable("UV_TOOL_DIR"), "*");
    add(Kind.UV, places.variable("UV_PYTHON_INSTALL_DIR"), "*");
    add(Kind.UV, xdgData(), "uv/tools/*", "uv/python/*");
    if (places.platform() == Platform.WINDOWS) {
      add(Kind.UV, roaming(), "uv/tools/*", "uv/python/*", "uv/data/tools/*", "uv/data/python/*");
    }
  }

  private void projectTools() {
    Kind kind = Kind.PROJECT_TOOL;
    Optional<String> poetry =
        switch (places.platform()) {
          case LINUX -> places.variableOr("XDG_CACHE_HOME", ".cache").map(c -> c + "/pypoetry");
          case MACOS -> home("Library/Caches/pypoetry");
          case WINDOWS -> data().map(folder -> folder + "/pypoetry/Cache");
        };
    below(kind, places.variable("POETRY_VIRTUALENVS_PATH"), 1);
    below(kind, places.variable("POETRY_CACHE_DIR").map(c -> c + "/virtualenvs"), 1);
    below(kind, poetry.map(folder -> folder + "/virtualenvs"), 1);
    add(kind, places.variable("POETRY_HOME"), "venv");
    add(kind, data(), "pypoetry/venv", "pdm/venvs/*");
    add(kind, roaming(), "pypoetry/venv");
    add(kind, places.variable("WORKON_HOME"), "*");
    add(kind, home(".virtualenvs"), "*");
    add(kind, xdgData(), "virtualenvs/*", "pdm/venvs/*");
    below(kind, data().map(folder -> folder + "/hatch/env"), 4);
    below(kind, places.variable("HATCH_DATA_DIR").map(folder -> folder + "/env"), 4);
    add(Kind.PYENV, data(), "hatch/pythons/*/python", "hatch/pythons/*");
  }

  private void user() {
    add(Kind.USER, places.variable("PYTHONUSERBASE"), "", "Python*");
    add(Kind.USER, home(".local"), "");
  }

  private void linux() {
    add(
        Kind.SYSTEM,
        "usr/local",
        "usr",
        "opt/*",
        "opt/python/*",
        "home/linuxbrew/.linuxbrew",
        "home/linuxbrew/.linuxbrew/Cellar/python@*/*",
        "var/lib/snapd/snap",
        "snap");
  }

  private void macos() {
    String framework = "Python.framework/Versions/*";
    add(
        Kind.SYSTEM,
        "usr/local",
        "usr",
        "opt/homebrew",
        "opt/local",
        "Library/Frameworks/" + framework,
        "System/Library/Frameworks/" + framework,
        "opt/local/Library/Frameworks/" + framework,
        "Library/Developer/CommandLineTools/Library/Frameworks/Python3.framework/Versions/*",
        "Applications/Xcode.app/Contents/Developer/Library/Frameworks/Python3.framework/Versions/*",
        "opt/homebrew/Cellar/python@*/*/Frameworks/" + framework,
        "usr/local/Cellar/python@*/*/Frameworks/" + framework,
        "Library/Python/*");
    add(Kind.USER, home("Library/Python"), "*");
  }

  private void windows() {
    for (String drive : List.of("C:", "D:")) {
      add(
          Kind.SYSTEM,
          drive + "/Python*",
          drive + "/Program Files/Python*",
          drive + "/Program Files (x86)/Python*",
          drive + "/tools/Python*");
    }
    add(Kind.SYSTEM, data(), "Programs/Python/Python*", "Python/pythoncore-*");
    add(Kind.USER, roaming(), "Python/Python*");
    add(
        Kind.USER,
        data(),
        "Packages/PythonSoftwareFoundation.Python.*/LocalCache/local-packages/Python*");
  }
}
