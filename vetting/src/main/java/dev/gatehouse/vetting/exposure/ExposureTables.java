package dev.gatehouse.vetting.exposure;

import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import java.util.List;

/** The tables of downloads and of installations. */
final class ExposureTables {
  private static final String OWNER = "exposure";

  private static final List<Migration> MIGRATIONS =
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
              """),
          new Migration(
              2,
              "an environment may have a project twice",
              """
              DROP TABLE installed;
              CREATE TABLE installed (
                client TEXT NOT NULL,
                host TEXT NOT NULL,
                environment TEXT NOT NULL,
                project TEXT NOT NULL,
                version TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (client, host, environment, project, version)
              );
              CREATE INDEX installed_by_version ON installed (project, version);
              CREATE INDEX installed_by_time ON installed (at);
              """),
          new Migration(
              3,
              "a client's id outlives its name",
              """
              CREATE TABLE download_by_id (
                project TEXT NOT NULL,
                version TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                client TEXT NOT NULL,
                client_id TEXT NOT NULL,
                address TEXT NOT NULL,
                agent TEXT NOT NULL,
                outcome TEXT NOT NULL,
                first_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                times BIGINT NOT NULL,
                PRIMARY KEY (project, version, file_name, sha256, client, client_id, address, agent,
                  outcome)
              );
              INSERT INTO download_by_id (project, version, file_name, sha256, client, client_id,
                address, agent, outcome, first_at, last_at, times)
              SELECT project, version, file_name, sha256, client, '', address, agent, outcome,
                first_at, last_at, times FROM download;
              DROP TABLE download;
              ALTER TABLE download_by_id RENAME TO download;
              CREATE INDEX download_by_time ON download (last_at);
              """));

  private ExposureTables() {}

  static void migrate(Database database) {
    database.migrate(OWNER, MIGRATIONS);
  }
}
