package dev.gatehouse.inspection.site;

/**
 * A file, and where an installer puts it.
 *
 * @param inspected what is known of its bytes; its path is the one in the archive
 * @param placement where it goes; in an installed directory, where it is
 */
record SiteFile(InspectedFile inspected, Placement placement) {
  /** As it is reported. */
  String path() {
    return inspected.path();
  }

  /** Relative to the site directory; only where {@link Placement#isInSite}. */
  String sitePath() {
    return placement.path();
  }
}
