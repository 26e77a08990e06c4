package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.audit.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The users and teams. All are held in memory; this process is the only one that changes them. */
public final class Owners {
  static final String OWNER = "gateway-owners";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "users and teams",
              """
              CREATE TABLE key_owner (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                budget_nano_usd BIGINT,
                budget_period TEXT,
                requests_per_minute BIGINT,
                tokens_per_minute BIGINT,
                concurrent BIGINT,
                created_at BIGINT NOT NULL,
                UNIQUE (kind, name)
              );
              """),
          new Migration(
              2,
              "removed users and teams",
              """
              ALTER TABLE key_owner ADD COLUMN removed_at BIGINT;
              """));

  private final Database database;
  private final AuditLog audit;
  private final Accounting accounting;
  private final InstantSource clock;
  private volatile List<Owner> all = List.of();

  private Owners(Database database, AuditLog audit, Accounting accounting, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.accounting = accounting;
    this.clock = clock;
    reload();
  }

  /** Opens them in a store, whose table is brought up to date. */
  public static Owners open(
      Database database, AuditLog audit, Accounting accounting, InstantSource clock) {
    database.migrate(OWNER, MIGRATIONS);
    return new Owners(database, audit, accounting, clock);
  }

  synchronized void reload() {
    all =
        database.read(
            handle ->
                handle.createQuery("SELECT * FROM key_owner").map((row, _) -> owner(row)).list());
    limit(Kind.USER);
    limit(Kind.TEAM);
  }

  private void limit(Kind kind) {
    accounting.limit(
        kind,
        all(kind).stream().collect(Collectors.toMap(owner -> owner.id().id(), Owner::limits)));
  }

  private static Owner owner(ResultSet row) throws SQLException {
    long removedAt = row.getLong("removed_at");
    Instant removed = row.wasNull() ? null : Instant.ofEpochMilli(removedAt);
    return new Owner(
        new AccountId(Kind.valueOf(row.getString("kind")), UUID.fromString(row.getString("id"))),
        row.getString("name"),
        LimitColumns.read(row),
        Instant.ofEpochMilli(row.getLong("created_at")),
        removed);
  }

  /** All of a kind that are there, by name. */
  public List<Owner> all(Kind kind) {
    return all.stream()
        .filter(owner -> owner.id().kind() == kind && owner.removed() == null)
        .sorted(Comparator.comparing(Owner::name))
        .toList();
  }

  /** The one of this name that is there. */
  public Optional<Owner> named(Kind kind, String name) {
    return everNamed(kind, name).filter(owner -> owner.removed() == null);
  }

  /** The one that has, or had, this name. */
  public Optional<Owner> everNamed(Kind kind, String name) {
    return all.stream()
        .filter(owner -> owner.id().kind() == kind && owner.name().equals(name))
        .findFirst();
  }

  /** The one of this id, removed or not. */
  public Optional<Owner> find(AccountId id) {
    return all.stream().filter(owner -> owner.id().equals(id)).findFirst();
  }

  /**
   * Makes a user or a team.
   *
   * @param actor whose doing it is, for the audit log
   * @return empty: another of its kind has, or had, the name
   */
  public synchronized Optional<Owner> add(Kind kind, String name, Limits limits, String actor) {
    if (kind == Kind.KEY) {
      throw new IllegalArgumentException("a key is no owner of keys");
    }
    Owner owner =
        new Owner(new AccountId(kind, UUID.randomUUID()), name, limits, clock.instant(), null);
    if (everNamed(kind, name).isPresent()) {
      return Optional.empty();
    }
    database.useWrite(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO key_owner (id, kind, name, budget_nano_usd, budget_period,
                    requests_per_minute, tokens_per_minute, concurrent, created_at)
                  VALUES (:id, :kind, :name, :budget, :period, :requests, :tokens, :concurrent,
                    :created)
                  """)
              .bind("id", owner.id().id().toString())
              .bind("kind", kind.name())
              .bind("name", name)
              .bindMap(LimitColumns.of(limits))
              .bind("created", owner.created().toEpochMilli())
              .execute();
          audit.append(
              handle, owner.created(), actor, "add-" + kind.text(), name, LimitText.of(limits));
        });
    reload();
    return Optional.of(owner);
  }

  /** Gives a user or a team other limits. What was spent stays spent. */
  public synchronized void change(Owner owner, Limits limits, String actor) {
    database.useWrite(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE key_owner SET budget_nano_usd = :budget, budget_period = :period,
                    requests_per_minute = :requests, tokens_per_minute = :tokens,
                    concurrent = :concurrent
                  WHERE id = :id
                  """)
              .bindMap(LimitColumns.of(limits))
              .bind("id", owner.id().id().toString())
              .execute();
          audit.append(
              handle,
              clock.instant(),
              actor,
              "change-" + owner.id().kind().text(),
              owner.name(),
              LimitText.of(limits));
        });
    reload();
  }

  /** Notes that one was removed. Whoever calls this sees to its keys, and to a {@link #reload}. */
  void remove(Handle handle, Owner owner, Instant at, String actor, String detail) {
    handle
        .createUpdate("UPDATE key_owner SET removed_at = :at WHERE id = :id")
        .bind("at", at.toEpochMilli())
        .bind("id", owner.id().id().toString())
        .execute();
    audit.append(handle, at, actor, "remove-" + owner.id().kind().text(), owner.name(), detail);
  }
}
