package dev.gatehouse.cli.vetting;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A snapshot for a person: what it is, then its files, of which the ones that changed say so. */
final class SnapshotText {
  private SnapshotText() {}

  static List<String> lines(JsonNode snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, made %s by %s%s"
            .formatted(
                snapshot.path("name").asString(""),
                snapshot.path("at").asString(""),
                snapshot.path("by").asString(""),
                snapshot.path("in-use").asBoolean(false) ? ", in use" : ""));
    if (!snapshot.path("reason").asString("").isEmpty()) {
      lines.add("  " + snapshot.path("reason").asString(""));
    }
    lines.add("  index   " + snapshot.path("index").asString(""));
    lines.add("  sha256  " + snapshot.path("sha256").asString(""));
    lines.add("");
    for (JsonNode file : snapshot.path("listed")) {
      boolean served = file.path("verdict").asString("").equals("admit");
      lines.add(
          "  %s  %s%s"
              .formatted(
                  file.path("sha256").asString(""),
                  file.path("file").asString(""),
                  served ? "" : "  now " + now(file)));
    }
    return lines;
  }

  /** What a file of a snapshot is now. */
  static String now(JsonNode file) {
    return file.path("verdict").isString()
        ? "%s: %s"
            .formatted(
                file.path("verdict").asString(""),
                file.path("reasons").path(0).path("text").asString(""))
        : "no upstream has its project";
  }
}
