package dev.gatehouse.store;

import dev.gatehouse.store.StoreException.Code;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The history of one module's tables: what this program knows of it, held against what the database
 * remembers in its table {@code schema_migration}. No SQL in here is particular to SQLite.
 */
final class MigrationHistory {
  private final String owner;
  private final List<Migration> known;

  MigrationHistory(String owner, List<Migration> known) {
    this.owner = owner;
    this.known = List.copyOf(known);
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).number() != i + 1) {
        throw new IllegalArgumentException(
            "the migrations of %s are numbered from 1 without gaps, yet %d stands at place %d"
                .formatted(owner, known.get(i).number(), i + 1));
      }
    }
  }

  /** What is to be applied, in order, after it was shown that the rest is what was applied. */
  List<Migration> pending(Handle handle) {
    handle.execute(
        """
        CREATE TABLE IF NOT EXISTS schema_migration (
          owner VARCHAR(100) NOT NULL,
          number INTEGER NOT NULL,
          name VARCHAR(200) NOT NULL,
          checksum CHAR(64) NOT NULL,
          PRIMARY KEY (owner, number)
        )
        """);
    List<Applied> applied = applied(handle);
    applied.forEach(this::requireKnown);
    return known.subList(applied.isEmpty() ? 0 : applied.getLast().number(), known.size());
  }

  private record Applied(int number, String checksum) {}

  private List<Applied> applied(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT number, checksum FROM schema_migration WHERE owner = :owner ORDER BY number
            """)
        .bind("owner", owner)
        .map((row, context) -> new Applied(row.getInt("number"), row.getString("checksum")))
        .list();
  }

  private void requireKnown(Applied applied) {
    if (applied.number() > known.size()) {
      throw refused(
          Code.NEWER,
          "a newer release changed them (migration %d, this one knows %d)"
              .formatted(applied.number(), known.size()));
    }
    Migration migration = known.get(applied.number() - 1);
    if (!migration.checksum().hex().equals(applied.checksum())) {
      throw refused(
          Code.MIGRATION_CHANGED,
          "another migration %d was applied to them than this release's '%s'"
              .formatted(applied.number(), migration.name()));
    }
  }

  private StoreException refused(Code code, String problem) {
    return new StoreException(code, "Could not open the tables of " + owner, problem, null);
  }

  /** Changes the tables and remembers it; in the caller's transaction, so both or neither. */
  void apply(Handle handle, Migration migration) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.executeUpdate(migration.sql());
    } catch (SQLException e) {
      Code code = SqliteFailure.code(e);
      throw new StoreException(
          code == Code.FAILED || code == Code.CONSTRAINT ? Code.MIGRATION_FAILED : code,
          "Could not apply migration %d '%s' of %s"
              .formatted(migration.number(), migration.name(), owner),
          SqliteFailure.problem(e),
          e);
    }
    handle
        .createUpdate(
            """
            INSERT INTO schema_migration (owner, number, name, checksum)
            VALUES (:owner, :number, :name, :checksum)
            """)
        .bind("owner", owner)
        .bind("number", migration.number())
        .bind("name", migration.name())
        .bind("checksum", migration.checksum().hex())
        .execute();
  }
}
