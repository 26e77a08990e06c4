package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;

/**
 * The stable form of a report, schema {@code gatehouse-report/1}: keys may be added to it, none is
 * ever renamed or taken away. Every key is always there; null stands for what there is not.
 */
public final class JsonReport implements ReportWriter {
  @Override
  public void write(Report report, Writer out) throws IOException {
    JsonOutput.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("schema", "gatehouse-report/1");
          json.writeObjectPropertyStart("tool");
          json.writeStringProperty("name", "gatehouse");
          json.writeStringProperty("version", report.version());
          json.writeEndObject();
          json.writeArrayPropertyStart("targets");
          report.targets().forEach(target -> target(json, target));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void target(JsonGenerator json, TargetReport target) {
    json.writeStartObject();
    json.writeStringProperty("target", target.target());
    json.writeStringProperty("kind", target.kind().text());
    json.writeStringProperty("sha256", target.sha256());
    json.writeStringProperty("status", target.status().text());
    json.writeArrayPropertyStart("findings");
    target.findings().forEach(finding -> finding(json, finding));
    json.writeEndArray();
    json.writeArrayPropertyStart("problems");
    target.problems().forEach(problem -> problem(json, problem));
    json.writeEndArray();
    json.writeName("details");
    JsonOutput.value(json, target.details());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("rule", finding.rule().name());
    json.writeStringProperty("severity", finding.severity().text());
    json.writeBooleanProperty("blocking", finding.blocking());
    json.writeStringProperty("path", finding.path());
    if (finding.line() > 0) {
      json.writeNumberProperty("line", finding.line());
    } else {
      json.writeNullProperty("line");
    }
    json.writeStringProperty("message", finding.message());
    json.writeStringProperty("evidence", finding.evidence());
    json.writeStringProperty("remedy", finding.rule().remedy());
    json.writeEndObject();
  }

  private static void problem(JsonGenerator json, Problem problem) {
    json.writeStartObject();
    json.writeStringProperty("path", problem.path());
    json.writeStringProperty("message", problem.message());
    json.writeEndObject();
  }
}
