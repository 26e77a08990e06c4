package dev.gatehouse.inspection.startup;

import java.util.Set;

/**
 * One line of a {@code .pth} file that is neither empty nor a comment, for some Python at least.
 *
 * @param number from 1, counted in lines as editors count them
 * @param text without white space at its end, nor at its start where a version takes that away
 * @param executable whether it is run; otherwise it is a path
 * @param versions which Pythons read it so
 */
record PthLine(int number, String text, boolean executable, Set<SitePython> versions) {
  PthLine {
    versions = Set.copyOf(versions);
  }

  boolean isReadByAll() {
    return versions.equals(SitePython.ALL);
  }
}
