package dev.gatehouse.inspection.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code [build-system]} table of {@code pyproject.toml} (PEP 517, PEP 518), read loosely: a
 * parser that gives up on the rest of the file would leave it unread, and what is judged here is
 * judged as a module, too.
 *
 * @param requires what is installed before building
 * @param backend the module that builds; empty where there is none
 * @param backendPath the folders of the source that it lies in
 * @param line where the table begins; 0 where there is none
 */
record BuildSystem(List<String> requires, String backend, List<String> backendPath, int line) {
  private static final int MOST_VALUES = 1_000;
  private static final Set<String> COMMON =
      Set.of(
          "setuptools",
          "wheel",
          "flit-core",
          "flit-scm",
          "flit",
          "hatchling",
          "hatch-vcs",
          "hatch-fancy-pypi-readme",
          "hatch-requirements-txt",
          "hatch-nodejs-version",
          "hatch-jupyter-builder",
          "poetry-core",
          "poetry-dynamic-versioning",
          "poetry",
          "pdm-backend",
          "pdm-pep517",
          "pdm",
          "uv-build",
          "meson-python",
          "meson",
          "ninja",
          "scikit-build-core",
          "scikit-build",
          "cmake",
          "maturin",
          "setuptools-rust",
          "setuptools-scm",
          "setuptools-git-versioning",
          "versioneer",
          "versioningit",
          "cython",
          "numpy",
          "oldest-supported-numpy",
          "pybind11",
          "nanobind",
          "cffi",
          "pycparser",
          "packaging",
          "tomli",
          "toml",
          "typing-extensions",
          "jupyter-packaging",
          "whey",
          "sip",
          "pyqt-builder",
          "mypy",
          "mypyc",
          "pip",
          "extension-helpers",
          "grpcio-tools",
          "protobuf");

  /** Takes copies. */
  BuildSystem {
    requires = List.copyOf(requires);
    backendPath = List.copyOf(backendPath);
  }

  /** Whether a requirement is one of the packages that many projects are built with. */
  static boolean isCommon(String requirement) {
    int end = 0;
    while (end < requirement.length()
        && (Character.isLetterOrDigit(requirement.charAt(end))
            || "-_.".indexOf(requirement.charAt(end)) >= 0)) {
      end++;
    }
    String name = requirement.substring(0, end).toLowerCase(Locale.ROOT);
    return COMMON.contains(name.replace('_', '-').replace('.', '-'));
  }

  static BuildSystem parse(byte[] toml) {
    String text = new String(toml, StandardCharsets.UTF_8);
    int number = 0;
    int table = 0;
    boolean inside = false;
    int depth = 0;
    StringBuilder body = new StringBuilder();
    for (String line : text.split("\\R", -1)) {
      number++;
      String bare =
          line.strip().toLowerCase(Locale.ROOT).replace("\"", "").replace("'", "").replace(" ", "");
      boolean dotted = bare.startsWith("build-system.") || bare.startsWith("build-system=");
      if (bare.startsWith("[") && depth <= 0) {
        inside = bare.startsWith("[build-system]");
      } else if (inside || dotted) {
        String own = dotted ? line.strip().substring("build-system".length()) : line;
        body.append(own).append('\n');
        depth += opened(own);
      }
      table = table == 0 && (inside || dotted) ? number : table;
    }
    List<String> backend = values(body, "build-backend");
    return new BuildSystem(
        values(body, "requires"),
        backend.isEmpty() ? "" : backend.getFirst(),
        values(body, "backend-path"),
        table);
  }

  /** How many arrays a line leaves open: a bracket at a line's start may be an array's own. */
  private static int opened(String line) {
    return (int) line.chars().filter(c -> c == '[').count()
        - (int) line.chars().filter(c -> c == ']').count();
  }

  /** The strings between a key's equals sign and the end of its line or array. */
  private static List<String> values(CharSequence body, String key) {
    String text = body.toString();
    List<String> values = new ArrayList<>();
    int at = text.indexOf(key);
    at = at < 0 ? -1 : text.indexOf('=', at + key.length());
    int depth = 0;
    while (at >= 0 && ++at < text.length() && values.size() < MOST_VALUES) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        int end = text.indexOf(c, at + 1);
        if (end < 0) {
          break;
        }
        values.add(text.substring(at + 1, end));
        at = end;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == '#') {
        at = Math.max(at, text.indexOf('\n', at) - 1);
      }
      if ((c == '\n' || c == ']') && depth <= 0) {
        break;
      }
    }
    return values;
  }
}
