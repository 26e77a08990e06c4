package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/**
 * A report as SARIF 2.1.0 (OASIS), as code scanning services take it: one run, the rules that were
 * found, a fingerprint for each result that survives moved lines, and an invocation that did not
 * succeed where anything was left unread.
 */
public final class SarifReport implements ReportWriter {
  @Override
  public void write(Report report, Writer out) throws IOException {
    List<Rule> rules =
        report.targets().stream()
            .flatMap(target -> target.findings().stream().map(Finding::rule))
            .distinct()
            .toList();
    JsonOutput.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
          json.writeStringProperty("version", "2.1.0");
          json.writeArrayPropertyStart("runs");
          json.writeStartObject();
          tool(json, report.version(), rules);
          invocation(json, report);
          json.writeStringProperty("columnKind", "utf16CodeUnits");
          json.writeArrayPropertyStart("results");
          results(json, report, rules);
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void tool(JsonGenerator json, String version, List<Rule> rules) {
    json.writeObjectPropertyStart("tool");
    json.writeObjectPropertyStart("driver");
    json.writeStringProperty("name", "gatehouse");
    json.writeStringProperty("version", version);
    json.writeArrayPropertyStart("rules");
    rules.forEach(rule -> rule(json, rule));
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void rule(JsonGenerator json, Rule rule) {
    json.writeStartObject();
    json.writeStringProperty("id", rule.name());
    text(json, "shortDescription", rule.title());
    String more = "`gatehouse audit --explain " + rule.name() + "` tells more.";
    json.writeObjectPropertyStart("help");
    json.writeStringProperty("text", rule.remedy() + " " + more.replace("`", ""));
    json.writeStringProperty(
        "markdown", "**" + rule.title() + "**\n\n" + rule.remedy() + "\n\n" + more);
    json.writeEndObject();
    json.writeObjectPropertyStart("defaultConfiguration");
    json.writeStringProperty("level", level(rule.severity()));
    json.writeEndObject();
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("security-severity", score(rule.severity()));
    json.writeArrayPropertyStart("tags");
    json.writeString("security");
    json.writeString("supply-chain");
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void invocation(JsonGenerator json, Report report) {
    json.writeArrayPropertyStart("invocations");
    json.writeStartObject();
    json.writeBooleanProperty("executionSuccessful", !report.isIncomplete());
    json.writeArrayPropertyStart("toolExecutionNotifications");
    for (TargetReport target : report.targets()) {
      for (Problem problem : target.problems()) {
        json.writeStartObject();
        json.writeStringProperty("level", "error");
        Place place = Place.of(target, problem.path(), 0);
        message(json, place, problem.message());
        locations(json, place, "");
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void results(JsonGenerator json, Report report, List<Rule> rules) {
    Map<Rule, Integer> indexes = new LinkedHashMap<>();
    rules.forEach(rule -> indexes.put(rule, indexes.size()));
    for (TargetReport target : report.targets()) {
      Map<String, Integer> seen = new HashMap<>();
      for (Finding finding : target.findings()) {
        String facts = Fingerprint.facts(target, finding);
        int nth = seen.merge(facts, 1, Integer::sum);
        int index = Objects.requireNonNull(indexes.get(finding.rule()));
        result(json, target, finding, index, Fingerprint.of(facts, nth));
      }
    }
  }

  private static void result(
      JsonGenerator json, TargetReport target, Finding finding, int index, String fingerprint) {
    json.writeStartObject();
    json.writeStringProperty("ruleId", finding.rule().name());
    json.writeNumberProperty("ruleIndex", index);
    json.writeStringProperty("level", level(finding.severity()));
    Place place = Place.of(target, finding.path(), finding.line());
    message(json, place, finding.message());
    locations(json, place, finding.evidence());
    json.writeObjectPropertyStart("partialFingerprints");
    json.writeStringProperty("gatehouseFinding/v1", fingerprint);
    json.writeEndObject();
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("severity", finding.severity().text());
    json.writeBooleanProperty("blocking", finding.blocking());
    json.writeStringProperty("evidence", finding.evidence());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void message(JsonGenerator json, Place place, String message) {
    text(json, "message", place.inside().isEmpty() ? message : place.inside() + ": " + message);
  }

  private static void locations(JsonGenerator json, Place place, String evidence) {
    json.writeArrayPropertyStart("locations");
    json.writeStartObject();
    json.writeObjectPropertyStart("physicalLocation");
    json.writeObjectPropertyStart("artifactLocation");
    json.writeStringProperty("uri", place.uri());
    json.writeEndObject();
    if (place.line() > 0) {
      json.writeObjectPropertyStart("region");
      json.writeNumberProperty("startLine", place.line());
      if (!evidence.isEmpty()) {
        text(json, "snippet", evidence);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    if (!place.inside().isEmpty()) {
      json.writeArrayPropertyStart("logicalLocations");
      json.writeStartObject();
      json.writeStringProperty("fullyQualifiedName", place.inside());
      json.writeStringProperty("kind", "resource");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, String text) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "note";
    };
  }

  /** In the bands of CVSS, which is how code scanning services read this property. */
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case INFO -> "0.0";
    };
  }
}
