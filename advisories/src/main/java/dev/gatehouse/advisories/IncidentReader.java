package dev.gatehouse.advisories;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads our own resource file; what is wrong with it is a fault of the program. */
final class IncidentReader {
  private final JsonWalk json;
  private final List<Incident> incidents = new ArrayList<>();

  private IncidentReader(JsonWalk json) {
    this.json = json;
  }

  static List<Incident> read(InputStream in) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      IncidentReader reader = new IncidentReader(new JsonWalk(parser));
      reader.json.next();
      reader.json.elements(reader::incident);
      return reader.incidents;
    }
  }

  private void incident() {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> aliases = new ArrayList<>();
    Map<ProjectName, Set<Version>> versions = new LinkedHashMap<>();
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    json.members(
        name -> {
          switch (name) {
            case "aliases" -> json.strings(aliases::add);
            case "versions" -> json.members(project -> versions.put(name(project), versions()));
            case "artifacts", "files", "indicators", "home", "root", "offered" ->
                rows.put(name, rows());
            default -> texts.put(name, text());
          }
        });
    String id = required(texts, "id");
    List<KnownFile> files = new ArrayList<>();
    each(rows, "artifacts", row -> files.add(row.file(KnownFile.Kind.ARTIFACT, id)));
    each(rows, "files", row -> files.add(row.file(KnownFile.Kind.FILE, id)));
    List<Indicator> indicators = new ArrayList<>();
    each(rows, "indicators", row -> indicators.add(new Indicator(row.key, id, row.what)));
    List<PersistencePath> paths = new ArrayList<>();
    each(rows, "home", row -> paths.add(row.path(PersistencePath.Base.HOME, id)));
    each(rows, "root", row -> paths.add(row.path(PersistencePath.Base.ROOT, id)));
    List<BadRelease> releases = new ArrayList<>();
    each(rows, "offered", row -> releases.add(row.release()));
    incidents.add(
        new Incident(
            id, aliases, required(texts, "summary"), versions, files, indicators, paths, releases));
  }

  private static ProjectName name(String text) {
    return ProjectName.parse(text);
  }

  private Set<Version> versions() {
    Set<Version> versions = new HashSet<>();
    json.strings(text -> versions.add(Version.parse(text)));
    return versions;
  }

  /** An object of strings and what each of them is. */
  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    json.members(key -> rows.add(new Row(key, text())));
    return rows;
  }

  private String text() {
    String text = json.string();
    if (text == null) {
      throw new IllegalStateException("a text was expected in the incidents");
    }
    return text;
  }

  private static String required(Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("an incident has no " + key);
    }
    return text;
  }

  private static void each(Map<String, List<Row>> rows, String name, Consumer<Row> action) {
    rows.getOrDefault(name, List.of()).forEach(action);
  }

  private record Row(String key, String what) {
    KnownFile file(KnownFile.Kind kind, String id) {
      return new KnownFile(new Sha256(key), kind, id, what);
    }

    /** {@code "litellm 1.82.7": "from/until"}, times as ISO 8601 has intervals. */
    BadRelease release() {
      int blank = key.indexOf(' ');
      int slash = what.indexOf('/');
      return new BadRelease(
          ProjectName.parse(key.substring(0, blank)),
          Version.parse(key.substring(blank + 1)),
          Instant.parse(what.substring(0, slash)),
          Instant.parse(what.substring(slash + 1)));
    }

    PersistencePath path(PersistencePath.Base base, String id) {
      return new PersistencePath(base, key, id, what);
    }
  }
}
