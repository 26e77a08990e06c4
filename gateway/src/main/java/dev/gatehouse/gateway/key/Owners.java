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

/** The users and teams. All are held in memory; this process is the only one that changes them. */
public final class Owners {
  private static final String OWNER = "gateway-owners";

  private static final List<Migration> MIGRATIONS =
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

  private void reload() {
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
    return new Owner(
        new AccountId(Kind.valueOf(row.getString("kind")), UUID.fromString(row.getString("id"))),
        row.getString("name"),
        LimitColumns.read(row),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  /** All of a kind, by name. */
  public List<Owner> all(Kind kind) {
    return all.stream()
        .filter(owner -> owner.id().kind() == kind)
        .sorted(Comparator.comparing(Owner::name))
        .toList();
  }

  /** The one of this name. */
  public Optional<Owner> named(Kind kind, String name) {
    return all.stream()
        .filter(owner -> owner.id().kind() == kind && owner.name().equals(name))
        .findFirst();
  }

  /** The one of this id. */
  public Optional<Owner> find(AccountId id) {
    return all.stream().filter(owner -> owner.id().equals(id)).findFirst();
  }

  /**
   * Makes a user or a team.
   *
   * @param actor whose doing it is, for the audit log
   * @return empty: another of its kind has the name
   */
  public synchronized Optional<Owner> add(Kind kind, String name, Limits limits, String actor) {
    if (kind == Kind.KEY) {
      throw new IllegalArgumentException("a key is no owner of keys");
    }
    Owner owner = new Owner(new AccountId(kind, UUID.randomUUID()), name, limits, clock.instant());
    if (named(kind, name).isPresent()) {
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
}
