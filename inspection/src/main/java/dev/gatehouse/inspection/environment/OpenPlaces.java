package dev.gatehouse.inspection.environment;

import java.util.List;
import java.util.Locale;

/** Tells places that any user of a machine, or another machine, may write to. */
final class OpenPlaces {
  private static final List<String> FOLDERS =
      List.of(
          "/tmp",
          "/var/tmp",
          "/dev/shm",
          "/private/tmp",
          "/private/var/tmp",
          "/var/folders",
          "/run/user",
          "/run/shm",
          "/users/public",
          "/users/shared",
          "/windows/temp",
          "/programdata/temp");

  private static final List<String> PARTS =
      List.of(
          "/appdata/local/temp", "$tmpdir", "${tmpdir", "%temp%", "%tmp%", "$env:temp", "$env:tmp");

  private OpenPlaces() {}

  /** Whether a path, or one of a list of them, lies in such a place. */
  static boolean isOpenToAll(String value) {
    String lower = value.toLowerCase(Locale.ROOT).replace('\\', '/');
    for (String part : PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    for (String path : lower.split("[;:,\"' ]", -1)) {
      for (String folder : FOLDERS) {
        if (path.equals(folder) || path.startsWith(folder + "/")) {
          return true;
        }
      }
    }
    return lower.startsWith("//");
  }
}
