package dev.gatehouse.samples;

import dev.gatehouse.packaging.name.ProjectName;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the pages of a simple repository, in both representations (PEP 503, 691, 700, 740). */
final class SimplePages {
  static final String JSON = "application/vnd.pypi.simple.v1+json";
  static final String HTML = "text/html";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private SimplePages() {}

  /** One file of a page, with the addresses under which the repository has it. */
  record Row(Offer offer, String url, @Nullable String provenanceUrl) {
    private String filename() {
      return offer.artifact().filename();
    }
  }

  static String json(ProjectName project, List<Row> rows, @Nullable ProjectStatusText status) {
    boolean sized = rows.stream().allMatch(row -> row.offer().size() != null);
    List<String> members = new ArrayList<>();
    members.add("\"meta\":{\"api-version\":\"%s\"}".formatted(sized ? "1.4" : "1.0"));
    members.add("\"name\":" + Json.text(project.normalized()));
    members.add("\"versions\":" + Json.array(versions(rows)));
    members.add(
        rows.stream().map(SimplePages::file).collect(Collectors.joining(",", "\"files\":[", "]")));
    if (status != null) {
      String reason = status.reason() == null ? "" : ",\"reason\":" + Json.text(status.reason());
      members.add("\"project-status\":{\"status\":" + Json.text(status.status()) + reason + "}");
    }
    return "{" + String.join(",", members) + "}";
  }

  private static List<String> versions(List<Row> rows) {
    return rows.stream().map(row -> row.offer().artifact().version()).distinct().toList();
  }

  private static String file(Row row) {
    Offer offer = row.offer();
    List<String> members = new ArrayList<>();
    members.add("\"filename\":" + Json.text(row.filename()));
    members.add("\"url\":" + Json.text(row.url()));
    members.add("\"hashes\":" + Json.object(offer.hashes()));
    if (offer.size() != null) {
      members.add("\"size\":" + offer.size());
    }
    if (offer.uploadTime() != null) {
      members.add("\"upload-time\":" + Json.text(TIME.format(offer.uploadTime())));
    }
    if (offer.requiresPython() != null) {
      members.add("\"requires-python\":" + Json.text(offer.requiresPython()));
    }
    String metadata = metadataMember(offer);
    members.add("\"core-metadata\":" + metadata);
    members.add("\"data-dist-info-metadata\":" + metadata);
    members.add("\"yanked\":" + yankedMember(offer.yankedBecause()));
    if (row.provenanceUrl() != null) {
      members.add("\"provenance\":" + Json.text(row.provenanceUrl()));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String metadataMember(Offer offer) {
    return switch (offer.metadataHash()) {
      case NOT_OFFERED -> "false";
      case UNSTATED -> "true";
      case TRUE, WRONG -> Json.object(Map.of("sha256", offer.metadataSha256()));
    };
  }

  private static String yankedMember(@Nullable String reason) {
    if (reason == null) {
      return "false";
    }
    return reason.isEmpty() ? "true" : Json.text(reason);
  }

  static String html(ProjectName project, List<Row> rows, @Nullable ProjectStatusText status) {
    StringBuilder head =
        new StringBuilder("<title>Links for ").append(project).append("</title>\n");
    if (status != null) {
      head.append(meta("pypi:project-status", status.status()));
      if (status.reason() != null) {
        head.append(meta("pypi:project-status-reason", status.reason()));
      }
    }
    String anchors = rows.stream().map(SimplePages::anchor).collect(Collectors.joining());
    return document(head.toString(), anchors);
  }

  private static String anchor(Row row) {
    Offer offer = row.offer();
    StringBuilder anchor = new StringBuilder("<a href=\"").append(escaped(row.url()));
    offer.hashes().entrySet().stream()
        .limit(1) // a fragment holds one
        .forEach(
            hash -> anchor.append('#').append(hash.getKey()).append('=').append(hash.getValue()));
    anchor.append('"');
    attribute(anchor, "data-requires-python", offer.requiresPython());
    attribute(anchor, "data-yanked", offer.yankedBecause());
    String metadata = metadataAttribute(offer);
    attribute(anchor, "data-core-metadata", metadata);
    attribute(anchor, "data-dist-info-metadata", metadata);
    attribute(anchor, "data-provenance", row.provenanceUrl());
    return anchor.append('>').append(escaped(row.filename())).append("</a><br>\n").toString();
  }

  private static @Nullable String metadataAttribute(Offer offer) {
    return switch (offer.metadataHash()) {
      case NOT_OFFERED -> null;
      case UNSTATED -> "true";
      case TRUE, WRONG -> "sha256=" + offer.metadataSha256();
    };
  }

  private static void attribute(StringBuilder tag, String name, @Nullable String value) {
    if (value != null) {
      tag.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }
  }

  static String jsonList(Collection<ProjectName> projects) {
    return projects.stream()
        .map(project -> Json.object(Map.of("name", project.normalized())))
        .collect(
            Collectors.joining(",", "{\"meta\":{\"api-version\":\"1.4\"},\"projects\":[", "]}"));
  }

  static String htmlList(Collection<ProjectName> projects) {
    String anchors =
        projects.stream()
            .map(project -> "<a href=\"%1$s/\">%1$s</a><br>\n".formatted(project))
            .collect(Collectors.joining());
    return document("<title>Simple index</title>\n", anchors);
  }

  private static String document(String head, String body) {
    return "<!DOCTYPE html>\n<html>\n<head>\n"
        + meta("pypi:repository-version", "1.4")
        + head
        + "</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }

  private static String meta(String name, String content) {
    return "<meta name=\"%s\" content=\"%s\">\n".formatted(name, escaped(content));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
