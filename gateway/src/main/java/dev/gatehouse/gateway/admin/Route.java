package dev.gatehouse.gateway.admin;

import java.util.Arrays;
import java.util.List;

/**
 * What one method at one path does. A path is compared part by part and in full, never by its
 * beginning (CVE-2025-0628); a part in braces stands for any one that is not empty.
 *
 * @param template such as <code>/api/keys/{name}</code>
 */
record Route(String method, String template, Access access, AdminEndpoint endpoint) {
  /** Whom a route lets in. */
  enum Access {
    /** Everybody: whether the process lives is no secret. */
    OPEN,
    /** Administrators. */
    ADMINISTER,
    /** Revokers, and administrators. */
    REVOKE
  }

  boolean isAt(String path) {
    List<String> wanted = parts(template);
    List<String> given = parts(path);
    if (wanted.size() != given.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      boolean any = wanted.get(i).startsWith("{");
      if (any ? given.get(i).isEmpty() : !wanted.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(String path) {
    return Arrays.asList(path.split("/", -1));
  }
}
