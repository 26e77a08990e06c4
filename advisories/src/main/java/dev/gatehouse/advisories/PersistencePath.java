package dev.gatehouse.advisories;

/**
 * A place where an incident left something that outlives the package.
 *
 * @param base what the path is relative to
 * @param path with slashes, without a leading one
 * @param incident the advisory or name that people know it by
 * @param what what it is, for a sentence: "the back door that polls for orders"
 */
public record PersistencePath(Base base, String path, String incident, String what) {
  /** What a path is relative to. */
  public enum Base {
    /** The home folder of any user. */
    HOME,
    /** The root of the disk or image. */
    ROOT
  }

  /** Checks the path. */
  public PersistencePath {
    if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || path.contains("..")) {
      throw new IllegalArgumentException("a path is relative and has slashes, unlike " + path);
    }
  }

  /** As people write it: {@code ~/.config/…} or {@code /tmp/…}. */
  public String text() {
    return switch (base) {
      case HOME -> "~/" + path;
      case ROOT -> "/" + path;
    };
  }
}
