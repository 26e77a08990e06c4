package dev.gatehouse.store.audit;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log of everything that changes what is served, or who may use what. Each entry's
 * hash contains the one before it. No code of ours changes or removes an entry; who can write to
 * the database file can, and {@link AuditChain} shows it.
 */
public final class AuditLog {
  static final String OWNER = "audit-log";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "audit log",
              """
              CREATE TABLE audit_log (
                number BIGINT NOT NULL PRIMARY KEY,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                detail TEXT NOT NULL,
                hash TEXT NOT NULL
              );
              """));

  private final Database database;

  private AuditLog(Database database) {
    this.database = database;
  }

  /** Opens the log in a store, whose table is brought up to date. */
  public static AuditLog open(Database database) {
    database.migrate(OWNER, MIGRATIONS);
    return new AuditLog(database);
  }

  /** Appends an entry of its own transaction. */
  public void append(Instant at, String actor, String action, String subject, String detail) {
    database.useWrite(handle -> append(handle, at, actor, action, subject, detail));
  }

  /** Appends an entry in the transaction that changes what it tells of. */
  public void append(
      Handle handle, Instant at, String actor, String action, String subject, String detail) {
    AuditEntry last =
        handle
            .createQuery("SELECT * FROM audit_log ORDER BY number DESC LIMIT 1")
            .map((row, _) -> entry(row))
            .findOne()
            .orElse(null);
    AuditEntry next = next(last, at.truncatedTo(ChronoUnit.MILLIS), actor, action, subject, detail);
    handle
        .createUpdate(
            """
            INSERT INTO audit_log (number, at, actor, action, subject, detail, hash)
            VALUES (:number, :at, :actor, :action, :subject, :detail, :hash)
            """)
        .bind("number", next.number())
        .bind("at", next.at().toEpochMilli())
        .bind("actor", next.actor())
        .bind("action", next.action())
        .bind("subject", next.subject())
        .bind("detail", next.detail())
        .bind("hash", next.hash().hex())
        .execute();
  }

  private static AuditEntry next(
      @Nullable AuditEntry last,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail) {
    return last == null
        ? AuditEntry.after(AuditEntry.BEGINNING, 1, at, actor, action, subject, detail)
        : AuditEntry.after(last.hash(), last.number() + 1, at, actor, action, subject, detail);
  }

  /** Entries in their order. */
  public List<AuditEntry> entries(long after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM audit_log WHERE number > :after ORDER BY number LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> entry(row))
                .list());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        Sha256.parse(row.getString("hash")));
  }
}
