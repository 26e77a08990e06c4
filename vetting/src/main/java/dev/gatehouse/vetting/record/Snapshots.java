package dev.gatehouse.vetting.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.audit.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots, and the one that the index goes back to. What changes either is written with its
 * entry in the audit log; this process is the only one that changes them.
 */
public final class Snapshots {
  static final String OWNER = "snapshots";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "snapshots",
              """
              CREATE TABLE snapshot (
                name TEXT NOT NULL PRIMARY KEY,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                reason TEXT NOT NULL,
                files BIGINT NOT NULL,
                projects BIGINT NOT NULL,
                sha256 TEXT NOT NULL,
                removed_at BIGINT
              );
              CREATE TABLE snapshot_file (
                snapshot TEXT NOT NULL,
                project TEXT NOT NULL,
                file_name TEXT NOT NULL,
                version TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                PRIMARY KEY (snapshot, project, file_name)
              );
              CREATE INDEX snapshot_file_by_version ON snapshot_file (project, version);
              CREATE TABLE snapshot_in_use (
                name TEXT NOT NULL PRIMARY KEY
              );
              """));

  /** 200,000 files are about 50 MB. */
  private static final long MOST_REMEMBERED = 200_000;

  private final Database database;
  private final AuditLog log;
  private final InstantSource clock;
  private final Cache<SnapshotName, Snapshot> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MOST_REMEMBERED)
          .<SnapshotName, Snapshot>weigher((_, snapshot) -> 1 + snapshot.entries().size())
          .build();
  private volatile @Nullable Snapshot inUse;

  /** What making a snapshot came to. */
  public sealed interface Made {
    /** It is there. */
    record Done(Snapshot snapshot) implements Made {}

    /** The name is taken. A removed snapshot keeps its name: it never stands for other files. */
    record NameTaken(boolean removed) implements Made {}
  }

  /** What removing a snapshot came to. */
  public enum Removal {
    /** It is gone; its name is not given again. */
    DONE,
    /** There is none of this name. */
    UNKNOWN,
    /** The index serves it. */
    IN_USE
  }

  private Snapshots(Database database, AuditLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
    this.inUse =
        database
            .read(
                handle ->
                    handle
                        .createQuery("SELECT name FROM snapshot_in_use")
                        .map((row, _) -> new SnapshotName(row.getString("name")))
                        .findOne())
            .map(name -> find(name).orElseThrow())
            .orElse(null);
  }

  /** Opens the snapshots in a store, whose tables are brought up to date. */
  public static Snapshots open(Database database, AuditLog log, InstantSource clock) {
    database.migrate(OWNER, MIGRATIONS);
    return new Snapshots(database, log, clock);
  }

  /** The snapshot that the index serves alone; null: it serves all that is admitted. */
  public @Nullable Snapshot inUse() {
    return inUse;
  }

  /** All of them, the oldest first. */
  public List<Snapshot.About> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM snapshot WHERE removed_at IS NULL ORDER BY at, name")
                .map((row, _) -> about(row))
                .list());
  }

  /** The snapshot of this name. */
  public Optional<Snapshot> find(SnapshotName name) {
    Snapshot known = remembered.getIfPresent(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Snapshot> read = database.read(handle -> read(handle, name));
    read.ifPresent(snapshot -> remembered.put(name, snapshot));
    return read;
  }

  /** The snapshots that list a file of a version, the oldest first. */
  public List<SnapshotName> of(ProjectName project, Version version) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name FROM snapshot WHERE removed_at IS NULL AND EXISTS (
                      SELECT 1 FROM snapshot_file f WHERE f.snapshot = snapshot.name
                        AND f.project = :project AND f.version = :version)
                    ORDER BY at, name
                    """)
                .bind("project", project.normalized())
                .bind("version", version.toString())
                .map((row, _) -> new SnapshotName(row.getString("name")))
                .list());
  }

  /**
   * Makes a snapshot.
   *
   * @param files what is admitted now; at least one
   */
  public synchronized Made make(
      SnapshotName name, Collection<Snapshot.Entry> files, String by, String reason) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a snapshot lists something");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Snapshot snapshot = Snapshot.of(name, now, by, reason, files);
    return database.write(
        handle -> {
          Optional<Boolean> taken = isRemoved(handle, name);
          if (taken.isPresent()) {
            return new Made.NameTaken(taken.get());
          }
          insert(handle, snapshot);
          log.append(handle, now, by, "snapshot-create", name.text(), detail(snapshot.about()));
          return new Made.Done(snapshot);
        });
  }

  /**
   * Has the index serve one snapshot alone, or all that is admitted again.
   *
   * @param name null: no snapshot
   * @return whether there is one of this name
   */
  public synchronized boolean use(@Nullable SnapshotName name, String by, String reason) {
    Snapshot next = name == null ? null : find(name).orElse(null);
    if (next == null && name != null) {
      return false;
    }
    Snapshot before = inUse;
    if (before == null ? next == null : before.about().name().equals(name)) {
      return true;
    }
    Instant now = clock.instant();
    database.useWrite(
        handle -> {
          handle.execute("DELETE FROM snapshot_in_use");
          if (next == null) {
            log.append(handle, now, by, "snapshot-end", String.valueOf(before), reason);
          } else {
            handle.execute("INSERT INTO snapshot_in_use (name) VALUES (?)", next.toString());
            log.append(handle, now, by, "snapshot-use", next.toString(), reason);
          }
        });
    inUse = next;
    return true;
  }

  /**
   * Removes a snapshot that is not in use: its address is gone, and its name is not given again.
   */
  public synchronized Removal remove(SnapshotName name, String by) {
    Snapshot used = inUse;
    if (used != null && used.about().name().equals(name)) {
      return Removal.IN_USE;
    }
    Instant now = clock.instant();
    boolean removed =
        database.write(
            handle -> {
              int rows =
                  handle
                      .createUpdate(
                          """
                          UPDATE snapshot SET removed_at = :now
                          WHERE name = :name AND removed_at IS NULL
                          """)
                      .bind("now", now.toEpochMilli())
                      .bind("name", name.text())
                      .execute();
              if (rows > 0) {
                handle.execute("DELETE FROM snapshot_file WHERE snapshot = ?", name.text());
                log.append(handle, now, by, "snapshot-remove", name.text(), "");
              }
              return rows > 0;
            });
    remembered.invalidate(name);
    return removed ? Removal.DONE : Removal.UNKNOWN;
  }

  private static String detail(Snapshot.About about) {
    return "%d files of %d projects, sha256 %s%s"
        .formatted(
            about.files(),
            about.projects(),
            about.sha256(),
            about.reason().isEmpty() ? "" : "; " + about.reason());
  }

  private static Optional<Boolean> isRemoved(Handle handle, SnapshotName name) {
    return handle
        .createQuery("SELECT removed_at IS NOT NULL AS removed FROM snapshot WHERE name = :name")
        .bind("name", name.text())
        .map((row, _) -> row.getBoolean("removed"))
        .findOne();
  }

  private static void insert(Handle handle, Snapshot snapshot) {
    Snapshot.About about = snapshot.about();
    handle
        .createUpdate(
            """
            INSERT INTO snapshot (name, at, actor, reason, files, projects, sha256)
            VALUES (:name, :at, :actor, :reason, :files, :projects, :sha256)
            """)
        .bind("name", about.name().text())
        .bind("at", about.at().toEpochMilli())
        .bind("actor", about.by())
        .bind("reason", about.reason())
        .bind("files", about.files())
        .bind("projects", about.projects())
        .bind("sha256", about.sha256().hex())
        .execute();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO snapshot_file (snapshot, project, file_name, version, sha256)
            VALUES (:snapshot, :project, :file, :version, :sha256)
            """);
    for (Snapshot.Entry entry : snapshot.entries()) {
      batch
          .bind("snapshot", about.name().text())
          .bind("project", entry.artifact().project().normalized())
          .bind("file", entry.artifact().filename())
          .bind("version", entry.artifact().version().toString())
          .bind("sha256", entry.sha256().hex())
          .add();
    }
    batch.execute();
  }

  private static Optional<Snapshot> read(Handle handle, SnapshotName name) {
    return handle
        .createQuery("SELECT * FROM snapshot WHERE name = :name AND removed_at IS NULL")
        .bind("name", name.text())
        .map((row, _) -> about(row))
        .findOne()
        .map(about -> checked(about, files(handle, name)));
  }

  /**
   * Fails closed where somebody else wrote to the database: a name never stands for other files.
   */
  private static Snapshot checked(Snapshot.About about, List<Snapshot.Entry> files) {
    Snapshot snapshot = Snapshot.of(about.name(), about.at(), about.by(), about.reason(), files);
    if (!snapshot.about().equals(about)) {
      throw new IllegalStateException(
          "the files of the snapshot %s are not those that it was made of".formatted(about.name()));
    }
    return snapshot;
  }

  private static List<Snapshot.Entry> files(Handle handle, SnapshotName name) {
    return handle
        .createQuery("SELECT project, file_name, sha256 FROM snapshot_file WHERE snapshot = :name")
        .bind("name", name.text())
        .map(
            (row, _) ->
                new Snapshot.Entry(
                    ArtifactName.parse(
                        row.getString("file_name"), ProjectName.parse(row.getString("project"))),
                    Sha256.parse(row.getString("sha256"))))
        .list();
  }

  private static Snapshot.About about(ResultSet row) throws SQLException {
    return new Snapshot.About(
        new SnapshotName(row.getString("name")),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("reason"),
        row.getInt("files"),
        row.getInt("projects"),
        Sha256.parse(row.getString("sha256")));
  }
}
