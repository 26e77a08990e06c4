package dev.gatehouse.index.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.store.Database;
import dev.gatehouse.upstream.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The tables {@code page} and {@code seen}. */
final class PageRepository {
  /** Stored addresses are absolute, so that nothing is ever resolved against this. */
  private static final URI NO_BASE = URI.create("http://invalid.invalid/");

  private final Database database;

  PageRepository(Database database) {
    this.database = database;
  }

  /** What was last known of a project at an upstream; empty where it never was known or is gone. */
  Optional<KnownProject> find(ProjectName project, String upstream) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT body, etag, last_modified, fetched_at FROM page
                    WHERE project = :project AND upstream = :upstream AND gone_at IS NULL
                    """)
                .bind("project", project.normalized())
                .bind("upstream", upstream)
                .map(
                    (row, _) ->
                        new KnownProject(
                            upstream,
                            parse(row.getString("body"), project),
                            seen(handle, project, upstream),
                            new Validator(row.getString("etag"), row.getString("last_modified")),
                            Instant.ofEpochMilli(row.getLong("fetched_at"))))
                .findOne());
  }

  /** When each file that an upstream ever listed of a project was first seen, by file name. */
  Map<String, Seen> history(ProjectName project, String upstream) {
    return database.read(handle -> seen(handle, project, upstream));
  }

  /** Stores what an upstream says of a project, and remembers the files that are new with it. */
  void save(KnownProject project) {
    String body = new String(JsonPages.write(project.page()), UTF_8);
    database.write(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO page (project, upstream, body, etag, last_modified, fetched_at, gone_at)
                  VALUES (:project, :upstream, :body, :etag, :lastModified, :now, NULL)
                  ON CONFLICT (project, upstream) DO UPDATE SET body = excluded.body,
                    etag = excluded.etag, last_modified = excluded.last_modified,
                    fetched_at = excluded.fetched_at, gone_at = NULL
                  """)
              .bind("project", project.name().normalized())
              .bind("upstream", project.upstream())
              .bind("body", body)
              .bind("etag", project.validator().etag())
              .bind("lastModified", project.validator().lastModified())
              .bind("now", project.fetchedAt().toEpochMilli())
              .execute();
          remember(handle, project);
          return project;
        });
  }

  /** Notes that an upstream no longer has a project; what was seen of it is remembered. */
  void markGone(ProjectName project, String upstream, Instant now) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE page SET gone_at = :now
                    WHERE project = :project AND upstream = :upstream AND gone_at IS NULL
                    """)
                .bind("project", project.normalized())
                .bind("upstream", upstream)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /** Every project that is known at one of these upstreams, in order. */
  List<ProjectName> projects(List<String> upstreams) {
    if (upstreams.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT project FROM page
                    WHERE upstream IN (<upstreams>) AND gone_at IS NULL ORDER BY project
                    """)
                .bindList("upstreams", upstreams)
                .map((row, _) -> ProjectName.parse(row.getString("project")))
                .list());
  }

  private static void remember(Handle handle, KnownProject project) {
    // Past jdbi: a long page is thousands of rows, and jdbi's bindings cost three times SQLite's
    // own work on them.
    try (PreparedStatement insert =
        handle
            .getConnection()
            .prepareStatement(
                """
                INSERT INTO seen (project, upstream, file_name, sha256, first_seen)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)) {
      boolean any = false;
      for (PageFile file : project.page().files()) {
        Seen seen = project.seen().get(file.name().filename());
        if (seen == null || !seen.at().equals(project.fetchedAt())) {
          continue; // known before
        }
        insert.setString(1, project.name().normalized());
        insert.setString(2, project.upstream());
        insert.setString(3, file.name().filename());
        insert.setString(4, seen.sha256() == null ? null : seen.sha256().hex());
        insert.setLong(5, seen.at().toEpochMilli());
        insert.addBatch();
        any = true;
      }
      if (any) {
        insert.executeBatch();
      }
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static Map<String, Seen> seen(Handle handle, ProjectName project, String upstream) {
    Map<String, Seen> seen = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT file_name, sha256, first_seen FROM seen
            WHERE project = :project AND upstream = :upstream
            """)
        .bind("project", project.normalized())
        .bind("upstream", upstream)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("file_name"),
                    new Seen(
                        hash(row.getString("sha256")),
                        Instant.ofEpochMilli(row.getLong("first_seen")))))
        .forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
    return seen;
  }

  private static @Nullable Sha256 hash(@Nullable String hex) {
    return hex == null ? null : Sha256.parse(hex);
  }

  private static ProjectPage parse(String body, ProjectName project) {
    try {
      return JsonPages.read(new ByteArrayInputStream(body.getBytes(UTF_8)), project, NO_BASE)
          .page();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
