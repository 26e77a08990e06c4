package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Records downloads. A request only puts its record into a queue; what is queued is written twice a
 * second, so that a crash loses less than one second of it. Records of the same client, address,
 * agent, file and outcome are one row with the first time, the last time and a count.
 */
public final class Downloads implements AutoCloseable {
  private static final Duration FLUSH = Duration.ofMillis(500);

  private static final Logger LOG = System.getLogger(Downloads.class.getName());

  private final Database database;
  private final ConcurrentLinkedQueue<Download> queue = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> flushing;

  private Downloads(Database database, ScheduledExecutorService executor) {
    this.database = database;
    this.flushing =
        executor.scheduleWithFixedDelay(
            this::flush, FLUSH.toMillis(), FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the records in a store, whose tables are brought up to date.
   *
   * @param executor runs the writing
   */
  public static Downloads open(Database database, ScheduledExecutorService executor) {
    ExposureTables.migrate(database);
    return new Downloads(database, executor);
  }

  /** Takes note of a download. Never waits. */
  public void record(Download download) {
    queue.add(download);
  }

  /** Writes what is queued. Never throws: a flush that failed must not be the last one. */
  public synchronized void flush() {
    List<Download> batch = new ArrayList<>();
    for (Download next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
    }
    try {
      if (!batch.isEmpty()) {
        database.useWrite(handle -> write(handle, batch));
      }
    } catch (StoreException e) {
      queue.addAll(batch);
      LOG.log(
          Level.ERROR,
          "Could not record "
              + batch.size()
              + " downloads; they are kept in memory and tried again",
          e);
    }
  }

  private static void write(Handle handle, List<Download> batch) {
    PreparedBatch rows =
        handle.prepareBatch(
            """
            INSERT INTO download (project, version, file_name, sha256, client, client_id, address,
              agent, outcome, first_at, last_at, times)
            VALUES (:project, :version, :file, :sha256, :client, :clientId, :address,
              :agent, :outcome, :at, :at, 1)
            ON CONFLICT (project, version, file_name, sha256, client, client_id, address, agent,
              outcome)
            DO UPDATE SET last_at = MAX(last_at, excluded.last_at),
              first_at = MIN(first_at, excluded.first_at), times = times + 1
            """);
    for (Download download : batch) {
      rows.bind("project", download.artifact().project().normalized())
          .bind("version", download.artifact().version().toString())
          .bind("file", download.artifact().filename())
          .bind("sha256", download.sha256().hex())
          .bind("client", download.client())
          .bind("clientId", download.clientId() == null ? "" : download.clientId().toString())
          .bind("address", download.address())
          .bind("agent", download.agent())
          .bind("outcome", download.outcome().text())
          .bind("at", download.at().toEpochMilli())
          .add();
    }
    rows.execute();
  }

  /** Removes what was downloaded last before this time. */
  public void forgetBefore(Instant time) {
    database.useWrite(
        handle ->
            handle
                .createUpdate("DELETE FROM download WHERE last_at < :time")
                .bind("time", time.toEpochMilli())
                .execute());
  }

  /** Who received a version. What is still queued is written first. */
  public List<Exposure.Receipt> receipts(ProjectName project, Version version) {
    flush();
    return database.read(handle -> receipts(handle, project, version));
  }

  private static List<Exposure.Receipt> receipts(
      Handle handle, ProjectName project, Version version) {
    return handle
        .createQuery(
            """
            SELECT file_name, sha256, client, client_id, address, agent, outcome, first_at,
              last_at, times
            FROM download WHERE project = :project AND version = :version
            ORDER BY first_at, file_name, client, address
            """)
        .bind("project", project.normalized())
        .bind("version", version.toString())
        .map(
            (row, _) ->
                new Exposure.Receipt(
                    row.getString("file_name"),
                    Sha256.parse(row.getString("sha256")),
                    row.getString("client"),
                    id(row.getString("client_id")),
                    row.getString("address"),
                    row.getString("agent"),
                    row.getString("outcome"),
                    Instant.ofEpochMilli(row.getLong("first_at")),
                    Instant.ofEpochMilli(row.getLong("last_at")),
                    row.getLong("times")))
        .list();
  }

  private static @Nullable UUID id(String text) {
    return text.isEmpty() ? null : UUID.fromString(text);
  }

  /** The projects and versions that were received, for what becomes known of them later. */
  public List<Distribution> received(ProjectName project) {
    flush();
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT version FROM download
                    WHERE project = :project AND outcome <> 'refused'
                    """)
                .bind("project", project.normalized())
                .map((row, _) -> new Distribution(project, Version.parse(row.getString("version"))))
                .list());
  }

  /**
   * A file that was asked for.
   *
   * @param times how often, by all
   * @param clients how many different clients and addresses asked
   */
  public record Requested(
      ProjectName project, Version version, String file, long times, long clients, Instant last) {}

  /** The files that were last asked for since this time, whatever the answer was, by name. */
  public List<Requested> requestedSince(Instant time) {
    flush();
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT project, version, file_name, SUM(times) AS times,
                      COUNT(DISTINCT client || ' ' || address) AS clients, MAX(last_at) AS last
                    FROM download WHERE last_at >= :time
                    GROUP BY project, version, file_name ORDER BY project, file_name
                    """)
                .bind("time", time.toEpochMilli())
                .map(
                    (row, _) ->
                        new Requested(
                            ProjectName.parse(row.getString("project")),
                            Version.parse(row.getString("version")),
                            row.getString("file_name"),
                            row.getLong("times"),
                            row.getLong("clients"),
                            Instant.ofEpochMilli(row.getLong("last"))))
                .list());
  }

  /** The names of the files of a project that were received. */
  public List<String> receivedFiles(ProjectName project) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT file_name FROM download
                    WHERE project = :project AND outcome <> 'refused'
                    """)
                .bind("project", project.normalized())
                .mapTo(String.class)
                .list());
  }

  /** How many records wait to be written. */
  public int waiting() {
    return queue.size();
  }

  /**
   * The projects of which anything was asked for, whatever the answer was. Of millions of rows only
   * one is looked at for each project, which DISTINCT does not do.
   */
  public List<ProjectName> askedProjects() {
    flush();
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    WITH RECURSIVE each_one(project) AS (
                      SELECT MIN(project) FROM download
                      UNION ALL
                      SELECT (SELECT MIN(project) FROM download WHERE project > each_one.project)
                      FROM each_one WHERE each_one.project IS NOT NULL
                    )
                    SELECT project FROM each_one WHERE project IS NOT NULL
                    """)
                .mapTo(String.class)
                .map(ProjectName::parse)
                .list());
  }

  /** Writes what is queued, and ends. */
  @Override
  public void close() {
    flushing.cancel(false);
    flush();
  }
}
