package dev.gatehouse.inspection.startup;

import dev.gatehouse.findings.Printable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line that runs at start-up, known or not: people are shown them all.
 *
 * @param path of the file
 * @param line from 1
 * @param code the line, printable and cut
 * @param known whether it equals a known template and its module belongs to the same distribution
 * @param shape whose template it equals; empty where it equals none
 * @param versions of Python that run it: "3.13 and later"
 */
public record ExecutableLine(
    String path, int line, String code, boolean known, String shape, String versions) {
  private static final int MOST_CODE = 1_000;

  /** Makes the code printable, and cuts it. */
  public ExecutableLine {
    code = Printable.of(code, MOST_CODE);
  }

  /** As the details of a target hold it under {@code executable-pth}. */
  public Map<String, Object> details() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path);
    map.put("line", line);
    map.put("code", code);
    map.put("known", known);
    map.put("shape", shape);
    map.put("versions", versions);
    return map;
  }
}
