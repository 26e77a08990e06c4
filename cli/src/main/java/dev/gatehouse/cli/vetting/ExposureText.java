package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Who has a version, as columns for a person or as CSV for a program. */
final class ExposureText {
  private static final List<String> MEMBERS =
      List.of("client", "address", "outcome", "first", "last", "times", "file", "agent");

  private static final int MOST_CELL = 80;

  private ExposureText() {}

  static List<String> lines(JsonNode exposure) {
    List<String> lines = new ArrayList<>();
    JsonNode received = exposure.path("received");
    String subject =
        exposure.path("project").asString("") + " " + exposure.path("version").asString("");
    if (received.isEmpty()) {
      lines.add("Nobody asked this index for " + subject + ".");
    } else {
      lines.add(subject + " was asked for by:");
      lines.addAll(TextTable.aligned(rows(received)));
    }
    JsonNode installed = exposure.path("installed");
    if (!installed.isEmpty()) {
      lines.add("");
      lines.add("Audits found it installed at:");
      for (JsonNode one : installed) {
        lines.add(
            "  %s  %s  (%s, told by %s)"
                .formatted(
                    one.path("host").asString(""),
                    one.path("environment").asString(""),
                    one.path("at").asString(""),
                    one.path("client").asString("")));
      }
    }
    return lines;
  }

  private static List<List<String>> rows(JsonNode received) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(MEMBERS.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    for (JsonNode receipt : received) {
      rows.add(MEMBERS.stream().map(member -> cell(receipt, member)).toList());
    }
    return rows;
  }

  private static String cell(JsonNode receipt, String member) {
    String text = receipt.path(member).asString("");
    if (member.equals("client") && text.isEmpty()) {
      return "(anonymous)";
    }
    // pip tells of itself in a page of JSON; its first words are enough beside the other columns.
    return text.length() > MOST_CELL ? text.substring(0, MOST_CELL) + "…" : text;
  }

  /** RFC 4180, with a header line. */
  static List<String> csv(JsonNode exposure) {
    List<String> members = new ArrayList<>(MEMBERS);
    members.add("sha256");
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", members));
    for (JsonNode receipt : exposure.path("received")) {
      lines.add(
          String.join(
              ",",
              members.stream().map(member -> field(receipt.path(member).asString(""))).toList()));
    }
    return lines;
  }

  /**
   * The agent is the client's own words: quoted, and not begun with what a spreadsheet would take
   * for a formula.
   */
  private static String field(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
