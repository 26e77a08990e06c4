package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Records downloads. A request only puts its record into a queue; what is queued is written twice a
 * second, so that a crash loses less than one second of it. Records of the same client, address,
 * agent, file and outcome are one row with the first time, the last time and a count.
 */
public final class Downloads implements AutoCloseable {
  static final String OWNER = "exposure";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "downloads and installations",
              """
              CREATE TABLE download (
                project TEXT NOT NULL,
                version TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                client TEXT NOT NULL,
                address TEXT NOT NULL,
                agent TEXT NOT NULL,
                outcome TEXT NOT NULL,
                first_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                times BIGINT NOT NULL,
                PRIMARY KEY (project, version, file_name, sha256, client, address, agent, outcome)
              );
              CREATE INDEX download_by_time ON download (last_at);
              CREATE TABLE installed (
                client TEXT NOT NULL,
                host TEXT NOT NULL,
                environment TEXT NOT NULL,
                project TEXT NOT NULL,
                version TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (client, host, environment, project)
              );
              CREATE INDEX installed_by_version ON installed (project, version);
              """));

  private static final Duration FLUSH = Duration.ofMillis(500);

  /** Old rows are looked for every so many flushes: once an hour. */
  private static final int FLUSHES_BETWEEN_FORGETTING = 7200;

  private static final Logger LOG = System.getLogger(Downloads.class.getName());

  private final Database database;
  private final Duration kept;
  private final ConcurrentLinkedQueue<Download> queue = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> flushing;
  private Instant newest = Instant.EPOCH;
  private int flushes;

  private Downloads(Database database, Duration kept, ScheduledExecutorService executor) {
    this.database = database;
    this.kept = kept;
    this.flushing =
        executor.scheduleWithFixedDelay(
            this::flush, FLUSH.toMillis(), FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the records in a store, whose tables are brought up to date.
   *
   * @param kept how long a record outlives its last download
   * @param executor runs the writing
   */
  public static Downloads open(
      Database database, Duration kept, ScheduledExecutorService executor) {
    database.migrate(OWNER, MIGRATIONS);
    return new Downloads(database, kept, executor);
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
      newest = next.at().isAfter(newest) ? next.at() : newest;
    }
    try {
      if (!batch.isEmpty()) {
        database.useWrite(handle -> write(handle, batch));
      }
      if (++flushes % FLUSHES_BETWEEN_FORGETTING == 0) {
        forgetBefore(newest.minus(kept));
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
            INSERT INTO download (project, version, file_name, sha256, client, address, agent,
              outcome, first_at, last_at, times)
            VALUES (:project, :version, :file, :sha256, :client, :address, :agent,
              :outcome, :at, :at, 1)
            ON CONFLICT (project, version, file_name, sha256, client, address, agent, outcome)
            DO UPDATE SET last_at = MAX(last_at, excluded.last_at),
              first_at = MIN(first_at, excluded.first_at), times = times + 1
            """);
    for (Download download : batch) {
      rows.bind("project", download.artifact().project().normalized())
          .bind("version", download.artifact().version().toString())
          .bind("file", download.artifact().filename())
          .bind("sha256", download.sha256().hex())
          .bind("client", download.client())
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

  /** An environment's distributions, in place of what was told of it before. */
  public void installed(
      String client, String host, String environment, Instant at, List<Distribution> all) {
    database.useWrite(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM installed
                  WHERE client = :client AND host = :host AND environment = :environment
                  """)
              .bind("client", client)
              .bind("host", host)
              .bind("environment", environment)
              .execute();
          PreparedBatch rows =
              handle.prepareBatch(
                  """
                  INSERT INTO installed (client, host, environment, project, version, at)
                  VALUES (:client, :host, :environment, :project, :version, :at)
                  ON CONFLICT (client, host, environment, project) DO UPDATE SET
                    version = excluded.version
                  """);
          for (Distribution one : all) {
            rows.bind("client", client)
                .bind("host", host)
                .bind("environment", environment)
                .bind("project", one.project().normalized())
                .bind("version", one.version().toString())
                .bind("at", at.toEpochMilli())
                .add();
          }
          if (!all.isEmpty()) {
            rows.execute();
          }
        });
  }

  /** What an environment has installed. */
  public record Distribution(ProjectName project, Version version) {}

  /** Who has a version. What is still queued is written first. */
  public Exposure exposure(ProjectName project, Version version) {
    flush();
    return database.read(
        handle ->
            new Exposure(
                receipts(handle, project, version), installations(handle, project, version)));
  }

  private static List<Exposure.Receipt> receipts(
      Handle handle, ProjectName project, Version version) {
    return handle
        .createQuery(
            """
            SELECT file_name, sha256, client, address, agent, outcome, first_at, last_at, times
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
                    row.getString("address"),
                    row.getString("agent"),
                    row.getString("outcome"),
                    Instant.ofEpochMilli(row.getLong("first_at")),
                    Instant.ofEpochMilli(row.getLong("last_at")),
                    row.getLong("times")))
        .list();
  }

  private static List<Exposure.Installation> installations(
      Handle handle, ProjectName project, Version version) {
    return handle
        .createQuery(
            """
            SELECT client, host, environment, at FROM installed
            WHERE project = :project AND version = :version ORDER BY host, environment
            """)
        .bind("project", project.normalized())
        .bind("version", version.toString())
        .map(
            (row, _) ->
                new Exposure.Installation(
                    row.getString("client"),
                    row.getString("host"),
                    row.getString("environment"),
                    Instant.ofEpochMilli(row.getLong("at"))))
        .list();
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

  /** The projects of which anything was received. */
  public List<ProjectName> receivedProjects() {
    flush();
    return database.read(
        handle ->
            handle
                .createQuery("SELECT DISTINCT project FROM download WHERE outcome <> 'refused'")
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
