package dev.gatehouse.inspection.startup;

import java.util.EnumSet;
import java.util.Set;

/**
 * The three ways in which versions of Python read a {@code .pth} file. Measured on 3.6 to 3.13; of
 * 3.15 read in {@code Lib/site.py} and PEP 829.
 */
enum SitePython {
  /** Locale's encoding; lines end with CR, LF or both; a byte order mark belongs to the line. */
  UP_TO_3_12,
  /** UTF-8 without its byte order mark; lines end wherever {@code str.splitlines} ends them. */
  FROM_3_13,
  /** As 3.13, and white space before a line does not count. */
  FROM_3_15;

  static final Set<SitePython> ALL = Set.copyOf(EnumSet.allOf(SitePython.class));

  boolean splitsLikePython3() {
    return this != UP_TO_3_12;
  }

  boolean stripsLines() {
    return this == FROM_3_15;
  }

  /** For a sentence or a table: "3.13 and later". */
  static String text(Set<SitePython> versions) {
    boolean old = versions.contains(UP_TO_3_12);
    boolean current = versions.contains(FROM_3_13);
    boolean next = versions.contains(FROM_3_15);
    if (old) {
      return current
          ? next ? "every version" : "3.14 and earlier"
          : next ? "3.12 and earlier, 3.15 and later" : "3.12 and earlier";
    }
    if (current) {
      return next ? "3.13 and later" : "3.13 and 3.14";
    }
    return next ? "3.15 and later" : "no version";
  }
}
