package dev.gatehouse.inspection.startup;

/** Who vouches for a file that Python obeys at start-up. */
public interface Ownership {
  /** Whether the RECORD of some distribution lists the file. */
  boolean ownsFile();

  /**
   * Whether the RECORD that lists the file lists a module too.
   *
   * @param module a top-level name ({@code coverage}), or the path of a module without its suffix
   *     ({@code win32/lib/pywin32_bootstrap})
   */
  boolean ownsModule(String module);

  /**
   * Whether a {@code .start} file of the same stem lies beside it: Python 3.15 and later then pass
   * over the import lines (PEP 829).
   */
  default boolean hasStartFile() {
    return false;
  }
}
