package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.code.Moment;
import java.util.Locale;
import java.util.Set;

/** When a module runs, as far as its place tells. */
public final class Moments {
  private static final Set<String> ASIDE =
      Set.of(
          "test",
          "tests",
          "testing",
          "testsuite",
          "_tests",
          "doc",
          "docs",
          "example",
          "examples",
          "benchmark",
          "benchmarks",
          "demo",
          "demos",
          "sample",
          "samples",
          "tutorials");

  private Moments() {}

  /** {@link Moment#CALL} for tests, documents and examples; else {@link Moment#IMPORT}. */
  public static Moment of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String[] parts = lower.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      if (ASIDE.contains(parts[i])) {
        return Moment.CALL;
      }
    }
    String name = parts[parts.length - 1];
    // No import statement can name a module with a dot in its file's name: it is a template.
    boolean aside =
        name.indexOf('.') < name.lastIndexOf('.')
            || name.startsWith("test_")
            || name.endsWith("_test.py")
            || name.equals("conftest.py");
    return aside ? Moment.CALL : Moment.IMPORT;
  }
}
