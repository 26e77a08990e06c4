package dev.gatehouse.inspection.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.inspection.environment.Environment.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentSearchTest {
  private static final String CFG = "home = /usr/bin\nversion = 3.12.4\n";

  @Test
  void findsWhatALinuxMachineHas() {
    MemoryTree tree =
        new MemoryTree()
            .folder("usr/lib/python3/dist-packages")
            .file("usr/lib/python3.11/os.py", "")
            .folder("usr/local/lib/python3.11/dist-packages")
            .folder("home/me/.local/lib/python3.11/site-packages")
            .folder("home/me/.pyenv/versions/3.9.1/lib/python3.9/site-packages")
            .folder("home/me/.pyenv/versions/3.9.1/envs/tools/lib/python3.9/site-packages")
            .link("home/me/.pyenv/versions/tools", "3.9.1/envs/tools")
            .folder("opt/conda/lib/python3.10/site-packages")
            .file("opt/conda/conda-meta/python-3.10.2-h1_0.json", "{}")
            .folder("opt/conda/envs/ml/lib/python3.10/site-packages")
            .folder("home/me/.local/share/pipx/venvs/black/lib/python3.11/site-packages")
            .folder("home/me/.local/share/uv/tools/ruff/lib/python3.13/site-packages")
            .folder("home/me/.local/share/uv/python/cpython-3.13/lib/python3.13/site-packages")
            .file("home/me/.local/share/hatch/env/virtual/app/x1/app/pyvenv.cfg", CFG)
            .file("home/me/.cache/pypoetry/virtualenvs/a-py3.11/pyvenv.cfg", CFG)
            .file("src/app/.venv/pyvenv.cfg", CFG)
            .folder("src/app/.venv/lib/python3.12/site-packages")
            .link("src/app/.venv/lib64", "lib")
            .file("src/app/node_modules/x/.venv/pyvenv.cfg", CFG);

    SearchResult found =
        EnvironmentSearch.find(
            tree,
            new SearchPlaces(
                Platform.LINUX, "/src", "/home/me", Map.of("VIRTUAL_ENV", "/src/app/.venv")));

    assertThat(found.problems()).isEmpty();
    assertThat(found.environments())
        .extracting(Environment::root, Environment::kind, Environment::version)
        .containsExactlyInAnyOrder(
            tuple("src/app/.venv", Kind.VENV, "3.12.4"),
            tuple("usr", Kind.SYSTEM, "3.11"),
            tuple("usr/local", Kind.SYSTEM, "3.11"),
            tuple("home/me/.local", Kind.USER, "3.11"),
            tuple("home/me/.pyenv/versions/3.9.1", Kind.PYENV, "3.9"),
            tuple("home/me/.pyenv/versions/3.9.1/envs/tools", Kind.PYENV, "3.9"),
            tuple("opt/conda", Kind.CONDA, "3.10.2"),
            tuple("opt/conda/envs/ml", Kind.CONDA, "3.10"),
            tuple("home/me/.local/share/pipx/venvs/black", Kind.PIPX, "3.11"),
            tuple("home/me/.local/share/uv/tools/ruff", Kind.UV, "3.13"),
            tuple("home/me/.local/share/uv/python/cpython-3.13", Kind.UV, "3.13"),
            tuple("home/me/.local/share/hatch/env/virtual/app/x1/app", Kind.PROJECT_TOOL, "3.12.4"),
            tuple("home/me/.cache/pypoetry/virtualenvs/a-py3.11", Kind.PROJECT_TOOL, "3.12.4"));
    assertThat(found.environments().getFirst().sites())
        .containsExactly("src/app/.venv/lib/python3.12/site-packages");
  }

  @Test
  void findsWhatAMacHas() {
    MemoryTree tree =
        new MemoryTree()
            .folder(
                "Library/Frameworks/Python.framework/Versions/3.12/lib/python3.12/site-packages")
            .link("Library/Frameworks/Python.framework/Versions/Current", "3.12")
            .folder("opt/homebrew/lib/python3.13/site-packages")
            .folder("Users/me/Library/Python/3.9/lib/python/site-packages")
            .folder(
                "Users/me/Library/Application Support/pipx/venvs/x/lib/python3.12/site-packages");

    SearchResult found =
        EnvironmentSearch.find(
            tree, new SearchPlaces(Platform.MACOS, "/Users/me", "/Users/me", Map.of()));

    assertThat(found.environments())
        .extracting(Environment::root, Environment::kind)
        .containsExactlyInAnyOrder(
            tuple("Library/Frameworks/Python.framework/Versions/3.12", Kind.SYSTEM),
            tuple("opt/homebrew", Kind.SYSTEM),
            tuple("Users/me/Library/Python/3.9", Kind.USER),
            tuple("Users/me/Library/Application Support/pipx/venvs/x", Kind.PIPX));
  }

  @Test
  void findsWhatAWindowsMachineHas() {
    MemoryTree tree =
        new MemoryTree()
            .folder("C:/Python311/Lib/site-packages")
            .folder("C:/Users/me/AppData/Local/Programs/Python/Python313/Lib/site-packages")
            .folder("C:/Users/me/AppData/Roaming/Python/Python313/site-packages")
            .folder("C:/Users/me/AppData/Roaming/uv/tools/ruff/Lib/site-packages")
            .file("C:/src/app/.venv/pyvenv.cfg", "home = C:\\Python311\r\nversion = 3.11.1\r\n")
            .folder("C:/src/app/.venv/Lib/site-packages");

    SearchResult found =
        EnvironmentSearch.find(
            tree,
            new SearchPlaces(
                Platform.WINDOWS,
                "C:\\src",
                "C:\\Users\\me",
                Map.of("AppData", "C:\\Users\\me\\AppData\\Roaming")));

    assertThat(found.environments())
        .extracting(Environment::root, Environment::kind, Environment::version)
        .containsExactlyInAnyOrder(
            tuple("C:/Python311", Kind.SYSTEM, "3.11"),
            tuple("C:/Users/me/AppData/Local/Programs/Python/Python313", Kind.SYSTEM, "3.13"),
            tuple("C:/Users/me/AppData/Roaming/Python/Python313", Kind.USER, "3.13"),
            tuple("C:/Users/me/AppData/Roaming/uv/tools/ruff", Kind.UV, null),
            tuple("C:/src/app/.venv", Kind.VENV, "3.11.1"));
  }

  @Test
  void findsEverySiteDirectoryOfAnImage() {
    MemoryTree tree =
        new MemoryTree()
            .folder("usr/lib/python3/dist-packages")
            .folder("usr/lib/sdk/bundled/lib/python3.12/site-packages")
            .folder("app/vendor/site-packages")
            .file("srv/venv/pyvenv.cfg", CFG)
            .folder("srv/venv/lib/python3.12/site-packages/a/site-packages")
            .link("lib", "usr/lib");

    SearchResult found = EnvironmentSearch.everywhere(tree);

    assertThat(found.environments())
        .extracting(Environment::root, Environment::sites)
        .containsExactlyInAnyOrder(
            tuple("usr", List.of("usr/lib/python3/dist-packages")),
            tuple(
                "usr/lib/sdk/bundled", List.of("usr/lib/sdk/bundled/lib/python3.12/site-packages")),
            tuple("app/vendor", List.of("app/vendor/site-packages")),
            tuple("srv/venv", List.of("srv/venv/lib/python3.12/site-packages")));
  }

  @Test
  void saysWhatItCouldNotList() {
    MemoryTree tree = new MemoryTree().folder("src/secret").closed("src/secret");

    SearchResult found =
        EnvironmentSearch.find(tree, new SearchPlaces(Platform.LINUX, "/src", null, Map.of()));

    assertThat(found.problems()).extracting(problem -> problem.path()).contains("src/secret");
  }
}
