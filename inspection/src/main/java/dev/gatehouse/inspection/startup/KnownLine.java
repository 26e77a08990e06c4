package dev.gatehouse.inspection.startup;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The executable lines that build tools really write, each compared as a whole: scanners that
 * trusted a file's name, or a line's first and last words, were bypassed. The texts are those of
 * the published wheels of setuptools 60 to 84, coverage 7.16, cmeel 0.61, virtualenv 21, editables
 * 0.6, scikit-build-core 1.1 and meson-python 0.22.
 *
 * @param shape whose line it is
 * @param module what must belong to the same distribution for the line to be trusted: a top-level
 *     name, or the path of a module without its suffix
 * @param editable whether it serves an editable installation
 */
record KnownLine(String shape, String module, boolean editable) {
  private static final String DISTUTILS =
      "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, '%s') == 'local';"
          + " enabled and __import__('_distutils_hack').add_shim();";

  private static final String COVERAGE =
      "import sys; exec('import os\\n\\nif os.getenv(\"COVERAGE_PROCESS_START\") or"
          + " os.getenv(\"COVERAGE_PROCESS_CONFIG\"):\\n try:\\n  import coverage\\n except:\\n "
          + " pass\\n else:\\n  coverage.process_startup(slug=\"pth\")')";

  private static final String NAMESPACE_START =
      "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *(";

  /** Where the dots of {@code import a.b} would be: no identifier has them. */
  private static final int LONGEST_NAME = 200;

  /** The known line that this is; empty where it equals none. */
  static Optional<KnownLine> find(String line) {
    return Optional.ofNullable(constant(line))
        .or(() -> Optional.ofNullable(importOf(line)))
        .or(() -> Optional.ofNullable(finder(line)))
        .or(() -> Optional.ofNullable(namespace(line)));
  }

  /** The known entry point of a {@code .start} file that this is; empty where it equals none. */
  static Optional<KnownLine> findEntry(String entry) {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String module = entry.substring(0, colon);
    String function = entry.substring(colon + 1);
    boolean scikit = isBetween(module, "_editable_skbc_", "") && function.equals("entrypoint");
    boolean meson = isBetween(module, "_", "_editable_loader") && function.equals("init");
    return scikit || meson
        ? Optional.of(new KnownLine("editable", module, true))
        : Optional.empty();
  }

  private static @Nullable KnownLine constant(String line) {
    if (line.equals(DISTUTILS.formatted("local")) || line.equals(DISTUTILS.formatted("stdlib"))) {
      return new KnownLine("setuptools distutils-precedence", "_distutils_hack", false);
    }
    return switch (line) {
      case COVERAGE -> new KnownLine("coverage subprocess", "coverage", false);
      case "import cmeel_pth" -> new KnownLine("cmeel", "cmeel_pth", false);
      case "import _virtualenv" -> new KnownLine("virtualenv", "_virtualenv", false);
      // pywin32.pth first puts win32/lib on the path, where that module lies.
      case "import pywin32_bootstrap" ->
          new KnownLine("pywin32", "win32/lib/pywin32_bootstrap", false);
      default -> null;
    };
  }

  private static @Nullable KnownLine importOf(String line) {
    String module = line.startsWith("import ") ? line.substring("import ".length()) : "";
    boolean editables = isBetween(module, "_editable_impl_", "");
    boolean scikit = isBetween(module, "_editable_skbc_", "");
    return editables || scikit ? new KnownLine("editable", module, true) : null;
  }

  private static @Nullable KnownLine finder(String line) {
    int semicolon = line.indexOf(';');
    if (semicolon < 0 || !line.startsWith("import ")) {
      return null;
    }
    String module = line.substring("import ".length(), semicolon);
    boolean setuptools =
        isBetween(module, "__editable___", "_finder")
            && line.equals("import " + module + "; " + module + ".install()");
    boolean meson =
        isBetween(module, "_", "_editable_loader")
            && line.equals("import " + module + "; " + module + ".init()");
    return setuptools || meson ? new KnownLine("editable", module, true) : null;
  }

  /** What setuptools wrote for {@code namespace_packages}, in the four wordings that it had. */
  private static @Nullable KnownLine namespace(String line) {
    int start = line.indexOf(NAMESPACE_START);
    int end = line.indexOf("));", start + NAMESPACE_START.length());
    if (start < 0 || end < 0 || end - start > 1_000) {
      return null;
    }
    List<String> parts = tuple(line.substring(start + NAMESPACE_START.length(), end));
    boolean known = !parts.isEmpty() && NamespaceTemplate.writes(line, parts);
    return known ? new KnownLine("namespace package", parts.getFirst(), false) : null;
  }

  /** The names of {@code 'a', 'b'} or {@code 'a',}; none where it is no such tuple of names. */
  private static List<String> tuple(String inner) {
    List<String> names =
        List.of(inner.endsWith(",") ? inner.substring(0, inner.length() - 1) : inner).stream()
            .flatMap(list -> List.of(list.split(", ", -1)).stream())
            .map(KnownLine::unquoted)
            .toList();
    boolean names1 = names.stream().allMatch(KnownLine::isIdentifier);
    boolean comma = inner.endsWith(",") == (names.size() == 1);
    return names1 && comma ? names : List.of();
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 2 && text.startsWith("'") && text.endsWith("'");
    return quoted ? text.substring(1, text.length() - 1) : "";
  }

  private static boolean isBetween(String name, String prefix, String suffix) {
    return name.length() > prefix.length() + suffix.length()
        && name.startsWith(prefix)
        && name.endsWith(suffix)
        && isIdentifier(name);
  }

  /** ASCII only: what Python would fold to another name first (NFKC) is no known line. */
  private static boolean isIdentifier(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && !Character.isDigit(name.charAt(0))
        && name.chars()
            .allMatch(
                c ->
                    c == '_'
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9'));
  }
}
