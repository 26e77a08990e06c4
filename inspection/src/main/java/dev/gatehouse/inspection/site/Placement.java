package dev.gatehouse.inspection.site;

import java.util.List;
import java.util.Locale;

/**
 * Where an installer puts a file of a wheel ("Binary distribution format", "Installing a wheel").
 *
 * @param scheme the folder
 * @param path relative to it
 */
record Placement(Scheme scheme, String path) {
  /** The folders of an installation scheme. */
  enum Scheme {
    SITE,
    /** The root of the environment: wherever the path says, {@code site-packages} included. */
    DATA,
    /** Files of the {@code data} scheme whose path leads back into a site directory. */
    SMUGGLED_SITE,
    SCRIPTS,
    HEADERS,
    /** A name that no installer knows; pip refuses the wheel. */
    UNKNOWN
  }

  private static final List<String> SITE_FOLDERS = List.of("site-packages", "dist-packages");

  /** Where a file of a wheel goes. */
  static Placement ofWheel(String path) {
    int first = path.indexOf('/');
    if (first < 0 || !path.substring(0, first).toLowerCase(Locale.ROOT).endsWith(".data")) {
      return new Placement(Scheme.SITE, path);
    }
    int second = path.indexOf('/', first + 1);
    if (second < 0) {
      return new Placement(Scheme.UNKNOWN, path);
    }
    String rest = path.substring(second + 1);
    return switch (path.substring(first + 1, second).toLowerCase(Locale.ROOT)) {
      case "purelib", "platlib" -> new Placement(Scheme.SITE, rest);
      case "scripts" -> new Placement(Scheme.SCRIPTS, rest);
      case "headers" -> new Placement(Scheme.HEADERS, rest);
      case "data" -> data(rest);
      default -> new Placement(Scheme.UNKNOWN, path);
    };
  }

  private static Placement data(String path) {
    String[] parts = path.split("/", -1);
    int length = 0;
    for (String part : parts) {
      length += part.length() + 1;
      // Windows does not tell case: Lib/Site-Packages is the same folder.
      if (SITE_FOLDERS.contains(part.toLowerCase(Locale.ROOT)) && length < path.length()) {
        return new Placement(Scheme.SMUGGLED_SITE, path.substring(length));
      }
    }
    return new Placement(Scheme.DATA, path);
  }

  /** Whether Python finds the file in a site directory. */
  boolean isInSite() {
    return scheme == Scheme.SITE || scheme == Scheme.SMUGGLED_SITE;
  }
}
