package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import java.util.function.Consumer;

/**
 * Machine code in a wheel whose tag says that it suits any platform: programs in 7 of 966 popular
 * wheels (pip, setuptools, distlib, selenium, pulp), libraries in one (PyOpenGL).
 */
final class PureCheck implements SiteCheck {
  @Override
  public void check(Site site, Consumer<Finding> found) {
    if (!site.isPure()) {
      return;
    }
    for (SiteFile file : site.files()) {
      switch (file.inspected().form()) {
        case NATIVE_LIBRARY ->
            found.accept(
                IntegrityRules.NATIVE_IN_PURE.in(
                    file.path(), "Is a native library, though the wheel says that it has none"));
        case NATIVE_PROGRAM ->
            found.accept(
                IntegrityRules.EXECUTABLE_IN_PURE.in(
                    file.path(), "Is a program, though the wheel says that it suits any platform"));
        case ZIP, TAR_OR_PACKED, PYTHON_SCRIPT, OTHER_SCRIPT, OTHER -> {}
      }
    }
  }
}
