package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** What is installed where, as audits told last. */
public final class Installations {
  private final Database database;

  private Installations(Database database) {
    this.database = database;
  }

  /** Opens the records in a store, whose tables are brought up to date. */
  public static Installations open(Database database) {
    ExposureTables.migrate(database);
    return new Installations(database);
  }

  /** Takes an inventory, in place of what the same client told of the same environments before. */
  public void take(Inventory inventory) {
    database.useWrite(
        handle -> {
          if (inventory.complete()) {
            deleteOthers(handle, inventory);
          }
          for (Inventory.Environment environment : inventory.environments()) {
            if (environment.complete()) {
              deletion(handle, inventory, environment.path()).execute();
            }
            insert(handle, inventory, environment);
          }
        });
  }

  private static void deleteOthers(Handle handle, Inventory inventory) {
    Set<String> told =
        inventory.environments().stream()
            .map(Inventory.Environment::path)
            .collect(Collectors.toSet());
    List<String> known =
        handle
            .createQuery(
                """
                SELECT DISTINCT environment FROM installed
                WHERE client = :client AND host = :host
                """)
            .bind("client", inventory.client())
            .bind("host", inventory.host())
            .mapTo(String.class)
            .list();
    for (String path : known) {
      if (!told.contains(path)) {
        deletion(handle, inventory, path).execute();
      }
    }
  }

  private static Update deletion(Handle handle, Inventory inventory, String environment) {
    return handle
        .createUpdate(
            """
            DELETE FROM installed
            WHERE client = :client AND host = :host AND environment = :environment
            """)
        .bind("client", inventory.client())
        .bind("host", inventory.host())
        .bind("environment", environment);
  }

  private static void insert(
      Handle handle, Inventory inventory, Inventory.Environment environment) {
    PreparedBatch rows =
        handle.prepareBatch(
            """
            INSERT INTO installed (client, host, environment, project, version, at)
            VALUES (:client, :host, :environment, :project, :version, :at)
            ON CONFLICT (client, host, environment, project, version)
            DO UPDATE SET at = excluded.at
            """);
    for (Distribution one : environment.distributions()) {
      rows.bind("client", inventory.client())
          .bind("host", inventory.host())
          .bind("environment", environment.path())
          .bind("project", one.project().normalized())
          .bind("version", one.version().toString())
          .bind("at", inventory.at().toEpochMilli())
          .add();
    }
    if (rows.size() > 0) {
      rows.execute();
    }
  }

  /** Where a version is installed, by host and environment. */
  public List<Exposure.Installation> of(ProjectName project, Version version) {
    return database.read(
        handle ->
            handle
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
                .list());
  }

  /** Removes what was told last before this time. */
  public void forgetBefore(Instant time) {
    database.useWrite(
        handle ->
            handle
                .createUpdate("DELETE FROM installed WHERE at < :time")
                .bind("time", time.toEpochMilli())
                .execute());
  }
}
