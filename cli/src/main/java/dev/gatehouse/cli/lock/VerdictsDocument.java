package dev.gatehouse.cli.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code verdicts.json} of an export: what is in it, by which verdicts, and what is not. For people
 * and their tools; an index that takes the folder makes verdicts of its own.
 */
final class VerdictsDocument {
  private static final String SCHEMA = "gatehouse-verdicts/1";
  private static final long MOST_BYTES = 256L * 1024 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> head = new LinkedHashMap<>();
  private final List<Map<String, Object>> files = new ArrayList<>();
  private final List<Map<String, Object>> leftOut = new ArrayList<>();
  private final List<String> notCovered;

  /**
   * @param lock the file's name
   * @param exported when, ISO 8601
   * @param status what the server had in force
   * @param advisories the name of their file in the export; null: there is none
   * @param notCovered what the lock wants and does not settle
   */
  VerdictsDocument(
      String lock,
      String exported,
      JsonNode status,
      @Nullable String advisories,
      List<String> notCovered) {
    this.notCovered = notCovered;
    head.put("schema", SCHEMA);
    head.put("exported", exported);
    head.put("lock", lock);
    head.put("gatehouse", status.path("version").asString(""));
    head.put("mode", status.path("mode").asString(""));
    head.put("policy", status.path("policy").asString(""));
    head.put("advisories", advisories);
    head.put("advisories-as-of", status.path("advisories").path("as-of"));
  }

  /** Whether a file is one of these. */
  static boolean isOne(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return JSON.readTree(in).path("schema").asString("").equals(SCHEMA);
    } catch (JacksonException e) {
      return false;
    }
  }

  /** A file that is in the export. */
  void add(String project, String version, JsonNode file, long size) {
    Map<String, Object> members =
        described(project, version, file.path("file"), file.path("sha256"));
    members.put("size", size);
    members.put("verdict", file.path("now").path("verdict"));
    members.put("reasons", file.path("now").path("reasons"));
    files.add(members);
  }

  /** A file that is not. */
  void leaveOut(String project, String version, JsonNode file) {
    Map<String, Object> members =
        described(project, version, file.path("file"), file.path("sha256"));
    members.put("verdict", file.path("now").path("verdict"));
    members.put("reasons", file.path("now").path("reasons"));
    leftOut.add(members);
  }

  private static Map<String, Object> described(
      String project, String version, JsonNode file, JsonNode sha256) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("project", project);
    members.put("version", version);
    members.put("file", file);
    members.put("sha256", sha256);
    return members;
  }

  JsonNode tree() {
    Map<String, Object> members = new LinkedHashMap<>(head);
    members.put("files", files);
    members.put("left-out", leftOut);
    members.put("not-covered", notCovered);
    return JSON.valueToTree(members);
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree()));
  }
}
