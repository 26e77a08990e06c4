package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What another policy would change, for a person. */
final class PolicyTestText {
  private PolicyTestText() {}

  static List<String> lines(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    long tested = answer.path("tested").asLong(0);
    JsonNode changes = answer.path("changes");
    lines.add(
        "Of %d files that were asked for since %s, %s would change."
            .formatted(
                tested,
                answer.path("since").asString(""),
                changes.isEmpty() ? "none" : String.valueOf(changes.size())));
    long unknown = answer.path("unknown").asLong(0);
    if (unknown > 0) {
      lines.add(unknown + " more are not known here any longer, and were left out.");
    }
    if (!changes.isEmpty()) {
      lines.add("");
      lines.addAll(TextTable.aligned(rows(changes)));
    }
    return lines;
  }

  private static List<List<String>> rows(JsonNode changes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NOW", "THEN", "REQUESTS", "CLIENTS", "FILE", "WHY"));
    for (JsonNode change : changes) {
      rows.add(
          List.of(
              change.path("before").path("verdict").asString(""),
              change.path("after").path("verdict").asString(""),
              change.path("requests").asString(""),
              change.path("clients").asString(""),
              change.path("file").asString(""),
              why(change)));
    }
    return rows;
  }

  /** The reason of whichever verdict keeps it away. */
  private static String why(JsonNode change) {
    JsonNode after = change.path("after").path("reasons").path(0).path("text");
    return after.isString()
        ? after.asString()
        : change.path("before").path("reasons").path(0).path("text").asString("");
  }
}
