package dev.gatehouse.inspection.archive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entry as a path: relative, with slashes, without {@code .}, {@code ..} and empty
 * parts, and what was wrong with the name. A name that is wrong still gets the path that its writer
 * is after, so that what lies there is looked at.
 *
 * @param path empty where nothing is left of the name
 * @param fault follows "the entry"; null where nothing is wrong
 * @param untidy whether it has parts that mean nothing: {@code a/./b}, {@code a//b}
 */
record EntryPath(String path, @Nullable String fault, boolean untidy) {
  /**
   * Reads a name.
   *
   * @param backslashSeparates whether a reader would take one for a slash: Python's zipfile does on
   *     Windows, and so does every reader of names that were made there
   */
  static EntryPath of(String name, boolean backslashSeparates) {
    return isPlain(name)
        ? new EntryPath(name, null, false)
        : new EntryPath(clean(name, true), fault(name, backslashSeparates), untidy(name));
  }

  /** The path of an entry in an image, where a backslash is a part of a name. */
  static String ofImage(String name) {
    return isPlain(name) ? name : clean(name, false);
  }

  /** Almost all names, without making anything. */
  private static boolean isPlain(String name) {
    char before = '/';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == 0 || c == '\\' || c == ':' || (before == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      before = c;
    }
    return before != '/';
  }

  private static @Nullable String fault(String name, boolean backslashSeparates) {
    if (name.indexOf(0) >= 0) {
      return "has a NUL in its name, where some readers end it and others do not";
    }
    String slashed = name.replace('\\', '/');
    if (List.of(slashed.split("/", -1)).contains("..")) {
      return "has a name that leads out of a folder by \"..\"";
    }
    if (slashed.startsWith("/")) {
      return "has an absolute path as its name";
    }
    if (hasDrive(name)) {
      return "has a name that begins with a drive of Windows";
    }
    if (backslashSeparates && name.indexOf('\\') >= 0) {
      return "has a backslash in its name, which is a folder on one system and not on another";
    }
    return null;
  }

  private static boolean hasDrive(String name) {
    return name.length() >= 2
        && name.charAt(1) == ':'
        && (name.charAt(0) | 32) >= 'a'
        && (name.charAt(0) | 32) <= 'z';
  }

  private static boolean untidy(String name) {
    String inner = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return inner.contains("//")
        || inner.endsWith("/")
        || List.of(inner.split("/", -1)).contains(".");
  }

  private static String clean(String name, boolean windows) {
    int nul = name.indexOf(0);
    String text = nul < 0 ? name : name.substring(0, nul);
    if (windows) {
      text = text.replace('\\', '/');
      text = hasDrive(text) ? text.substring(2) : text;
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
