package dev.gatehouse.cli.vetting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is in force, for a person. */
final class StatusText {
  private StatusText() {}

  static List<String> lines(JsonNode status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Gatehouse %s, mode %s"
            .formatted(status.path("version").asString(""), status.path("mode").asString("")));
    lines.add(
        "Files younger than %s are held."
            .formatted(time(status.path("minimum-age-seconds").asLong(0))));
    lines.add(advisories(status.path("advisories")));
    lines.add("Versions recalled: " + status.path("recalled").asLong(0));
    for (JsonNode warning : status.path("warnings")) {
      lines.add("WARNING: " + warning.asString(""));
    }
    return lines;
  }

  private static String advisories(JsonNode advisories) {
    long records = advisories.path("records").asLong(0);
    return advisories.path("as-of").isNull()
        ? "Advisories: %d, never confirmed by a source".formatted(records)
        : "Advisories: %d, confirmed %s ago"
            .formatted(records, time(advisories.path("age-seconds").asLong(0)));
  }

  private static String time(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (time.toDays() > 0) {
      return time.toDays() + " d" + (time.toHoursPart() > 0 ? " " + time.toHoursPart() + " h" : "");
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : seconds + " s";
  }
}
