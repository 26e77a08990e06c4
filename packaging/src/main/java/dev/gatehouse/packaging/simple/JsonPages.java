package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Pages in JSON: {@code application/vnd.pypi.simple.v1+json} (PEP 691 and what followed it, through
 * 1.4).
 */
public final class JsonPages {
  private static final int BYTES_A_FILE = 700;
  private static final int BYTES_A_PROJECT = 40;

  private JsonPages() {}

  /**
   * Reads the page of a project.
   *
   * @param in read to its end, not closed
   * @param project the project that was asked for
   * @param base where the page came from, after redirects; absolute
   * @throws MalformedException when it is not JSON, of another major API version, another
   *     project's, or beyond a limit
   * @throws IOException when the stream breaks
   */
  public static ReadPage read(InputStream in, ProjectName project, URI base) throws IOException {
    return JsonDocument.read(in, json -> new JsonPageReader(json, project, base).read());
  }

  /**
   * Writes a page, compact and always alike. It declares 1.4 when every file has a size, otherwise
   * 1.0; the files of a quarantined project are left out.
   */
  public static byte[] write(ProjectPage page) {
    int expected = BYTES_A_FILE * (page.files().size() + 1);
    return JsonDocument.write(expected, json -> new JsonPageWriter(json).write(page));
  }

  /**
   * Reads the list of all projects; what is no project's name is left out.
   *
   * @param in read to its end, not closed
   * @throws MalformedException when it is not JSON, of another major API version, or beyond a limit
   * @throws IOException when the stream breaks
   */
  public static List<ProjectName> readList(InputStream in) throws IOException {
    return JsonDocument.read(in, JsonPages::readList);
  }

  private static List<ProjectName> readList(JsonCursor json) {
    List<ProjectName> projects = new ArrayList<>();
    json.members(
        key -> {
          switch (key) {
            case "meta" -> json.members(meta -> requireKnown(json, meta));
            case "projects" ->
                json.elements(() -> json.members(member -> readName(json, member, projects)));
            default -> {}
          }
        });
    return List.copyOf(projects);
  }

  private static void requireKnown(JsonCursor json, String key) {
    String value = json.string();
    if (key.equals("api-version") && value != null) {
      ApiVersion.requireKnown(value);
    }
  }

  private static void readName(JsonCursor json, String key, List<ProjectName> projects) {
    String value = json.string();
    if (key.equals("name") && value != null) {
      ProjectName.parseIfValid(value).ifPresent(projects::add);
    }
  }

  /** Writes the list of all projects, in the given order. */
  public static byte[] writeList(Collection<ProjectName> projects) {
    return JsonDocument.write(
        BYTES_A_PROJECT * (projects.size() + 2),
        json -> {
          json.writeStartObject();
          JsonPageWriter.meta(json, true);
          json.writeArrayPropertyStart("projects");
          for (ProjectName project : projects) {
            json.writeStartObject();
            json.writeStringProperty("name", project.normalized());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
