package dev.gatehouse.samples;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.packaging.name.ProjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the pages of a simple repository, in both representations (PEP 503, 629, 691, 792). */
final class SimplePages {
  static final String JSON = "application/vnd.pypi.simple.v1+json";
  static final String HTML = "text/html";

  private static final String API_VERSION = "1.4";

  private SimplePages() {}

  static String json(ProjectName project, List<Row> rows, @Nullable ProjectStatusText status) {
    List<String> members = new ArrayList<>();
    members.add(meta(rows.stream().allMatch(Row::isSized) ? API_VERSION : "1.0"));
    members.add("\"name\":" + Json.text(project.normalized()));
    members.add("\"versions\":" + Json.array(rows.stream().map(Row::version).distinct().toList()));
    members.add(rows.stream().map(Row::json).collect(joining(",", "\"files\":[", "]")));
    if (status != null) {
      members.add("\"project-status\":" + status.json());
    }
    return "{" + String.join(",", members) + "}";
  }

  static String jsonList(Collection<ProjectName> projects) {
    String names =
        projects.stream()
            .map(project -> Json.object(Map.of("name", project.normalized())))
            .collect(joining(",", "\"projects\":[", "]"));
    return "{" + meta(API_VERSION) + "," + names + "}";
  }

  private static String meta(String version) {
    return "\"meta\":{\"api-version\":\"%s\"}".formatted(version);
  }

  static String html(ProjectName project, List<Row> rows, @Nullable ProjectStatusText status) {
    return Html.document(
        "Links for " + project,
        htmlVersion() + (status == null ? "" : status.html()),
        rows.stream().map(Row::anchor).collect(joining()));
  }

  static String htmlList(Collection<ProjectName> projects) {
    String anchors =
        projects.stream()
            .map(project -> "<a href=\"%1$s/\">%1$s</a><br>\n".formatted(project))
            .collect(joining());
    return Html.document("Simple index", htmlVersion(), anchors);
  }

  private static String htmlVersion() {
    return Html.meta("pypi:repository-version", API_VERSION);
  }
}
