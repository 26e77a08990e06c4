package dev.gatehouse.packaging.record;

import dev.gatehouse.packaging.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code entry_points.txt}, as {@code importlib.metadata} does: sections in square brackets,
 * lines of {@code name = value}, comments at the start of a line.
 */
public final class EntryPoints {
  private static final int LONGEST_BYTES = 10 * 1024 * 1024;
  private static final int MOST = 100_000;

  private EntryPoints() {}

  /**
   * All entry points, in their order; lines that are none are passed over, as Python does.
   *
   * @throws MalformedException when there are more than anybody has: 10 MiB, or 100,000
   */
  public static List<EntryPoint> parse(byte[] utf8) {
    if (utf8.length > LONGEST_BYTES) {
      throw new MalformedException(
          "entry_points.txt has at most %d bytes".formatted(LONGEST_BYTES));
    }
    List<EntryPoint> found = new ArrayList<>();
    String group = "";
    int number = 0;
    for (String raw : new String(utf8, StandardCharsets.UTF_8).split("\\R", -1)) {
      number++;
      String line = raw.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        group = line.substring(1, line.length() - 1).strip();
      } else if (equals > 0 && line.charAt(0) != '#' && line.charAt(0) != ';') {
        String name = line.substring(0, equals).strip();
        found.add(new EntryPoint(number, group, name, line.substring(equals + 1).strip()));
      }
      if (found.size() > MOST) {
        throw new MalformedException("entry_points.txt has at most %d lines".formatted(MOST));
      }
    }
    return List.copyOf(found);
  }
}
