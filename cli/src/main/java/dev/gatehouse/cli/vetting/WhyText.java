package dev.gatehouse.cli.vetting;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the server says of a version, for a person: the answer first, then what it rests on. */
final class WhyText {
  private WhyText() {}

  static List<String> lines(JsonNode why) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s, mode %s"
            .formatted(
                why.path("project").asString(""),
                why.path("version").asString(""),
                why.path("mode").asString("")));
    for (JsonNode file : why.path("files")) {
      lines.add("");
      file(lines, file);
    }
    decisions(lines, why.path("decisions"));
    advisories(lines, why.path("advisories"));
    snapshots(lines, why);
    JsonNode fallback = why.path("fallback");
    if (!fallback.path("version").isMissingNode()) {
      lines.add("");
      lines.add(
          "Resolvers that may choose take %s instead%s."
              .formatted(
                  fallback.path("version").asString(""),
                  fallback.path("vulnerabilities").isEmpty()
                      ? ""
                      : ", which is vulnerable to " + joined(fallback.path("vulnerabilities"))));
    }
    return lines;
  }

  private static void snapshots(List<String> lines, JsonNode why) {
    JsonNode inUse = why.path("snapshot-in-use");
    if (inUse.isString() || !why.path("snapshots").isEmpty()) {
      lines.add("");
    }
    if (inUse.isString()) {
      lines.add(
          "The index serves what the snapshot %s lists, and nothing else (gatehouse snapshot use --none)."
              .formatted(inUse.asString("")));
    }
    if (!why.path("snapshots").isEmpty()) {
      lines.add("Snapshots that list it: " + joined(why.path("snapshots")));
    }
  }

  private static void file(List<String> lines, JsonNode file) {
    lines.add(
        "%-8s %s".formatted(file.path("verdict").asString(""), file.path("file").asString("")));
    for (JsonNode reason : file.path("reasons")) {
      lines.add(
          "           %s (%s)"
              .formatted(reason.path("text").asString(""), reason.path("code").asString("")));
    }
    fact(lines, "ends", file.path("until"));
    fact(lines, "published", file.path("published"));
    fact(lines, "sha256", file.path("sha256"));
    JsonNode inspection = file.path("inspection");
    lines.add(
        "           inspected  "
            + (inspection.path("at").isString()
                ? inspection.path("at").asString("")
                : "not yet; gatehouse vet does it now"));
    JsonNode compared = inspection.path("compared");
    if (compared.isObject()) {
      lines.add(
          "           compared   %d %% of its files are shown to be its source's"
              .formatted(compared.path("proved-percent").asInt(0)));
    }
    provenance(lines, file.path("provenance"));
    for (JsonNode given : file.path("history")) {
      lines.add(
          "           %s  was %s: %s"
              .formatted(
                  given.path("at").asString(""),
                  given.path("verdict").asString(""),
                  given.path("reasons").path(0).path("text").asString("")));
    }
  }

  /** Nothing is said of a file without an attestation where nothing was to be expected. */
  private static void provenance(List<String> lines, JsonNode provenance) {
    for (JsonNode attestation : provenance.path("attestations")) {
      fact(lines, "attested", "by", attestation.path("publisher"));
      fact(lines, "", "commit", attestation.path("commit"));
      fact(lines, "", "run", attestation.path("run"));
    }
    if (provenance.path("refused").isString()) {
      lines.add(
          "           attested   by what does not hold, and is not passed on: %s (%s)"
              .formatted(
                  provenance.path("reason").asString(""), provenance.path("refused").asString("")));
    }
    fact(lines, "attested", "could not be had:", provenance.path("unavailable"));
    for (JsonNode each : provenance.path("breaks")) {
      // What holds stands among the reasons.
      if (!each.path("holds").asBoolean(true)) {
        fact(lines, "", "", each.path("text"));
      }
    }
  }

  private static void fact(List<String> lines, String name, String word, JsonNode value) {
    if (value.isString()) {
      String text = word.isEmpty() ? value.asString("") : word + " " + value.asString("");
      lines.add("           %-9s  %s".formatted(name, text));
    }
  }

  private static void fact(List<String> lines, String name, JsonNode value) {
    if (value.isString()) {
      lines.add("           %-9s  %s".formatted(name, value.asString("")));
    }
  }

  private static void decisions(List<String> lines, JsonNode decisions) {
    if (!decisions.isEmpty()) {
      lines.add("");
      lines.add("Decided");
    }
    for (JsonNode decision : decisions) {
      lines.add(
          "  %s  %s by %s: %s%s"
              .formatted(
                  decision.path("at").asString(""),
                  decision.path("kind").asString(""),
                  decision.path("by").asString(""),
                  decision.path("reason").asString(""),
                  decision.path("until").isString()
                      ? ", until " + decision.path("until").asString("")
                      : ""));
    }
  }

  private static void advisories(List<String> lines, JsonNode advisories) {
    List<String> told = new ArrayList<>();
    if (advisories.path("malware").path("id").isString()) {
      told.add(
          "  malware  %s %s"
              .formatted(
                  advisories.path("malware").path("id").asString(""),
                  advisories.path("malware").path("summary").asString("")));
    }
    for (JsonNode one : advisories.path("vulnerabilities")) {
      told.add(
          "  %-8s %s %s%s"
              .formatted(
                  one.path("severity").asString("unrated"),
                  one.path("id").asString(""),
                  one.path("summary").asString(""),
                  one.path("fixed-in").isString()
                      ? " (fixed in " + one.path("fixed-in").asString("") + ")"
                      : ""));
    }
    if (!advisories.path("fixes").isEmpty()) {
      told.add("  mends    " + joined(advisories.path("fixes")));
    }
    if (advisories.path("stale").isString()) {
      told.add("  " + advisories.path("stale").asString(""));
    }
    if (!told.isEmpty()) {
      lines.add("");
      lines.add("Advisories");
      lines.addAll(told);
    }
  }

  private static String joined(JsonNode texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.asString("")));
    return String.join(", ", all);
  }
}
