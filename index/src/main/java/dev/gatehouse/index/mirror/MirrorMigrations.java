package dev.gatehouse.index.mirror;

import dev.gatehouse.store.Migration;
import java.util.List;

/** The tables of the mirror. Times are milliseconds since the epoch; hashes are lower-case hex. */
final class MirrorMigrations {
  /** Who owns these tables, in the database's record of migrations. */
  static final String OWNER = "mirror";

  /** Numbered for ever: an applied migration is never edited, a change is another one. */
  static final List<Migration> ALL =
      List.of(
          new Migration(
              1,
              "pages, files seen and files kept",
              """
              CREATE TABLE page (
                project TEXT NOT NULL,
                upstream TEXT NOT NULL,
                body TEXT NOT NULL,
                etag TEXT,
                last_modified TEXT,
                fetched_at BIGINT NOT NULL,
                gone_at BIGINT,
                PRIMARY KEY (project, upstream)
              );
              CREATE TABLE seen (
                project TEXT NOT NULL,
                upstream TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT,
                first_seen BIGINT NOT NULL,
                PRIMARY KEY (project, upstream, file_name)
              );
              CREATE TABLE kept (
                project TEXT NOT NULL,
                upstream TEXT NOT NULL,
                file_name TEXT NOT NULL,
                kind TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                size BIGINT NOT NULL,
                kept_at BIGINT NOT NULL,
                PRIMARY KEY (project, upstream, file_name, kind)
              );
              CREATE INDEX kept_by_sha256 ON kept (sha256);
              """));

  private MirrorMigrations() {}
}
