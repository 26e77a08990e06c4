package dev.gatehouse.inspection.startup;

import java.util.List;

/**
 * The line that setuptools wrote into {@code …-nspkg.pth} for a namespace package ({@code
 * setuptools/namespaces.py}), 574 bytes for {@code sphinxcontrib} in its last wording.
 */
final class NamespaceTemplate {
  private static final String PATH =
      ";mp = (m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)";

  private NamespaceTemplate() {}

  /** Whether setuptools wrote this very line for the package of these names. */
  static boolean writes(String line, List<String> names) {
    String dotted = String.join(".", names);
    String place =
        "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *(%s));".formatted(tuple(names));
    String parent = parent(names);
    return wordings(place, dotted).stream().anyMatch(wording -> line.equals(wording + parent));
  }

  private static List<String> wordings(String place, String dotted) {
    String spec =
        ("m = has_mfs and sys.modules.setdefault('%1$s',"
                    + " importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('%1$s',"
                    + " [os.path.dirname(p)])));m = m or sys.modules.setdefault('%1$s',"
                    + " types.ModuleType('%1$s'))")
                .formatted(dotted)
            + PATH;
    String importlib = "importlib = has_mfs and __import__('importlib.util');";
    String machinery = "has_mfs and __import__('importlib.machinery');";
    String modern =
        "import sys, types, os;has_mfs = sys.version_info > (3, 5);" + place + importlib;
    String exists = "ie = os.path.exists(os.path.join(p,'__init__.py'));";
    String type = "sys.modules.setdefault('%1$s', types.ModuleType('%1$s'))".formatted(dotted);
    return List.of(
        modern + machinery + spec,
        modern + spec,
        "import sys, types, os;" + place + exists + "m = not ie and " + type + PATH,
        "import sys, types, os;pep420 = sys.version_info > (3, 3);"
            + place
            + exists
            + "m = not ie and not pep420 and "
            + type
            + PATH);
  }

  private static String parent(List<String> names) {
    if (names.size() < 2) {
      return "";
    }
    String above = String.join(".", names.subList(0, names.size() - 1));
    return ";m and setattr(sys.modules['%s'], '%s', m)".formatted(above, names.getLast());
  }

  private static String tuple(List<String> names) {
    return names.size() == 1
        ? "'" + names.getFirst() + "',"
        : "'" + String.join("', '", names) + "'";
  }
}
