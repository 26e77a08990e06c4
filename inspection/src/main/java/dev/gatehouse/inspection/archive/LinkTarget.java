package dev.gatehouse.inspection.archive;

/** Where links of an archive lead. */
final class LinkTarget {
  private LinkTarget() {}

  /** Whether a symbolic link leads out of the folder that the archive is unpacked to. */
  static boolean escapes(String path, String target) {
    String slashed = target.replace('\\', '/');
    if (slashed.startsWith("/") || slashed.indexOf(0) >= 0 || hasDrive(slashed)) {
      return true;
    }
    int depth = 0;
    for (int i = 0; i < path.length(); i++) {
      depth += path.charAt(i) == '/' ? 1 : 0;
    }
    for (String part : slashed.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDrive(String target) {
    return target.length() >= 2 && target.charAt(1) == ':' && Character.isLetter(target.charAt(0));
  }
}
