package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.PathLine;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judges what {@code .pth} lines put on the path. A folder of the package itself is what they are
 * for; another place lets whoever may write there run code in every Python.
 */
final class PathLines {
  private static final List<String> ARCHIVES =
      List.of(".zip", ".egg", ".whl", ".pyz", ".pyzw", ".par");
  private static final List<String> OPEN_TO_ALL =
      List.of(
          "/tmp",
          "/var/tmp",
          "/dev/shm",
          "/private/tmp",
          "/run/user",
          "/users/public",
          "/windows/temp");

  private final Site site;
  private final Set<String> inside = new HashSet<>();

  PathLines(Site site) {
    this.site = site;
  }

  /** The folders and archives of the site directory that lines put on the path. */
  Set<String> inside() {
    return inside;
  }

  /** What is wrong with a line; empty where nothing is. */
  Optional<Finding> judge(PathLine line, boolean owned) {
    String place = line.place().replace('\\', '/');
    Optional<String> normal = normal(place);
    normal.ifPresent(inside::add);
    String lower = place.toLowerCase(Locale.ROOT);
    if (isOpenToAll(lower)) {
      return Optional.of(
          finding(line, Severity.HIGH, "Puts a folder on the path that anybody may write to"));
    }
    if (place.startsWith("//")) {
      return Optional.of(
          finding(line, Severity.HIGH, "Puts a folder of another machine on the path"));
    }
    if (ARCHIVES.stream().anyMatch(lower::endsWith) && normal.filter(this::isEgg).isEmpty()) {
      return Optional.of(
          finding(
              line,
              site.isWheel() ? Severity.HIGH : Severity.MEDIUM,
              "Puts an archive on the path, whose modules nobody sees in a listing"));
    }
    return normal.isPresent() ? Optional.empty() : outside(line, owned);
  }

  private Optional<Finding> outside(PathLine line, boolean owned) {
    if (site.isWheel()) {
      return Optional.of(
          finding(line, Severity.HIGH, "Puts a place outside of site-packages on the path"));
    }
    String name = line.path().substring(line.path().lastIndexOf('/') + 1);
    String message = "Puts a folder outside of site-packages on the path: an editable installation";
    Finding editable = StartupRules.EDITABLE.at(line.path(), line.line(), message, line.place());
    return Optional.of(
        owned || name.equals("easy-install.pth") || name.startsWith("__editable__")
            ? editable
            : finding(line, Severity.LOW, "Puts a folder outside of site-packages on the path"));
  }

  /** In an environment, an egg with its metadata is what easy_install left. */
  private boolean isEgg(String path) {
    return !site.isWheel() && (path.endsWith(".egg") || site.hasFolder(path));
  }

  private static boolean isOpenToAll(String lower) {
    String withoutDrive = lower.length() > 1 && lower.charAt(1) == ':' ? lower.substring(2) : lower;
    return OPEN_TO_ALL.stream()
            .anyMatch(open -> withoutDrive.equals(open) || withoutDrive.startsWith(open + "/"))
        || lower.contains("/appdata/local/temp")
        || lower.startsWith("/var/folders/");
  }

  private static Finding finding(PathLine line, Severity severity, String message) {
    String versions =
        line.versions().equals("every version") ? "" : " (Python %s)".formatted(line.versions());
    return StartupRules.PTH_PATH
        .at(line.path(), line.line(), message + versions, line.place())
        .as(severity, false);
  }

  /** The place relative to the site directory; empty where it is absolute or climbs out. */
  private static Optional<String> normal(String place) {
    boolean drive = place.length() > 1 && place.charAt(1) == ':';
    if (place.startsWith("/") || drive || place.startsWith("~")) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : place.split("/", -1)) {
      if (part.equals("..") && parts.pollLast() == null) {
        return Optional.empty();
      } else if (!part.equals("..") && !part.equals(".") && !part.isEmpty()) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
