package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.store.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The table {@code kept}: a file is kept when it has a row here and a blob in the store, in this
 * order of doubt.
 */
final class KeptRepository {
  private static final Map<String, Kind> KINDS =
      Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::text, Function.identity()));

  private final Database database;

  KeptRepository(Database database) {
    this.database = database;
  }

  KeptFiles find(ProjectName project, String upstream) {
    return database.read(
        handle -> {
          Map<KeptFiles.Key, KeptFile> files = new HashMap<>();
          handle
              .createQuery(
                  """
                  SELECT file_name, kind, sha256, size FROM kept
                  WHERE project = :project AND upstream = :upstream
                  """)
              .bind("project", project.normalized())
              .bind("upstream", upstream)
              .map(
                  (row, _) ->
                      Map.entry(
                          new KeptFiles.Key(
                              row.getString("file_name"), kind(row.getString("kind"))),
                          new KeptFile(Sha256.parse(row.getString("sha256")), row.getLong("size"))))
              .forEach(entry -> files.put(entry.getKey(), entry.getValue()));
          return new KeptFiles(files);
        });
  }

  /** Stores all of these rows or none. */
  void save(ProjectName project, String upstream, Map<KeptFiles.Key, KeptFile> files, Instant now) {
    database.write(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  INSERT INTO kept (project, upstream, file_name, kind, sha256, size, kept_at)
                  VALUES (:project, :upstream, :fileName, :kind, :sha256, :size, :now)
                  ON CONFLICT (project, upstream, file_name, kind) DO UPDATE SET
                    sha256 = excluded.sha256, size = excluded.size, kept_at = excluded.kept_at
                  """);
          files.forEach(
              (key, file) ->
                  batch
                      .bind("project", project.normalized())
                      .bind("upstream", upstream)
                      .bind("fileName", key.fileName())
                      .bind("kind", key.kind().text())
                      .bind("sha256", file.sha256().hex())
                      .bind("size", file.size())
                      .bind("now", now.toEpochMilli())
                      .add());
          return batch.execute();
        });
  }

  /** Every project of which an artifact is kept from one of these upstreams, in order. */
  List<ProjectName> projects(List<String> upstreams) {
    if (upstreams.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT project FROM kept
                    WHERE kind = :artifact AND upstream IN (<upstreams>) ORDER BY project
                    """)
                .bind("artifact", Kind.ARTIFACT.text())
                .bindList("upstreams", upstreams)
                .map((row, _) -> ProjectName.parse(row.getString("project")))
                .list());
  }

  /** The hashes of everything that has a row. */
  Set<Sha256> hashes() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT DISTINCT sha256 FROM kept")
                .map((row, _) -> Sha256.parse(row.getString("sha256")))
                .collect(Collectors.toCollection(HashSet::new)));
  }

  private static Kind kind(String text) {
    Kind kind = KINDS.get(text);
    if (kind == null) {
      throw new IllegalStateException("the table kept holds the unknown kind " + text);
    }
    return kind;
  }
}
