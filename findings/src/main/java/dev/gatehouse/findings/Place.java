package dev.gatehouse.findings;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a finding is, for tools that open files: the file on disk, which for a packed target is the
 * target itself, and the line in it where there is one.
 *
 * @param file with slashes; relative where the user named it so
 * @param line from 1; 0 where it concerns the file as a whole, or lies inside a packed one
 * @param inside the file and line inside a packed target; empty where {@code file} says it all
 */
record Place(String file, int line, String inside) {
  static Place of(TargetReport target, @Nullable String path, int line) {
    String file = target.target().replace('\\', '/');
    if (path == null) {
      return new Place(file, 0, "");
    }
    return switch (target.kind()) {
      case DIRECTORY, ENVIRONMENT, PUBLISHER -> new Place(join(file, path), line, "");
      case REQUIREMENTS -> new Place(file, line, "");
      case WHEEL, SDIST, IMAGE, COMPARISON, PROVENANCE ->
          new Place(file, 0, line == 0 ? path : path + ":" + line);
    };
  }

  private static String join(String folder, String path) {
    if (path.startsWith("/") || path.startsWith("~")) {
      return path;
    }
    return folder.endsWith("/") ? folder + path : folder + "/" + path;
  }

  /** As an address (RFC 3986): relative, or with the scheme {@code file}. */
  String uri() {
    String path = file.startsWith("./") ? file.substring(2) : file;
    StringBuilder uri = new StringBuilder(path.length() + 16);
    boolean drive = path.length() > 1 && path.charAt(1) == ':' && path.indexOf('/') == 2;
    uri.append(path.startsWith("/") ? "file://" : drive ? "file:///" : "");
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (isPlain(character)) {
        uri.append(character);
      } else {
        uri.append("%%%02X".formatted(octet & 0xff));
      }
    }
    return uri.toString();
  }

  private static boolean isPlain(char octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || "-._~/!$&'()*+,;=@".indexOf(octet) >= 0;
  }
}
