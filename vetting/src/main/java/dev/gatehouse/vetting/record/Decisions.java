package dev.gatehouse.vetting.record;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.audit.AuditLog;
import dev.gatehouse.vetting.policy.Decision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that stand, by project. All are held in memory, so that a verdict costs no query;
 * this process is the only one that changes them.
 */
public final class Decisions {
  static final String OWNER = "decisions";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "decisions",
              """
              CREATE TABLE decision (
                id BIGINT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                project TEXT NOT NULL,
                version TEXT NOT NULL,
                sha256 TEXT,
                actor TEXT NOT NULL,
                reason TEXT NOT NULL,
                at BIGINT NOT NULL,
                until_at BIGINT,
                withdrawn_at BIGINT,
                withdrawn_by TEXT
              );
              CREATE INDEX decision_by_version ON decision (project, version);
              """));

  private final Database database;
  private final AuditLog log;
  private final InstantSource clock;
  private volatile Map<ProjectName, List<Decision>> standing;

  private Decisions(Database database, AuditLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
    this.standing = readStanding();
  }

  /** Opens the decisions in a store, whose table is brought up to date. */
  public static Decisions open(Database database, AuditLog log, InstantSource clock) {
    database.migrate(OWNER, MIGRATIONS);
    return new Decisions(database, log, clock);
  }

  /**
   * The decisions about a project that nobody withdrew, in their order; one that has ended by
   * itself may be among them. The same list until there is another decision about the project.
   */
  public List<Decision> of(ProjectName project) {
    return standing.getOrDefault(project, List.of());
  }

  /** The standing recalls that were decided after the one of this number, in order. */
  public List<Decision> recallsAfter(long id) {
    return standing.values().stream()
        .flatMap(List::stream)
        .filter(decision -> decision.kind() == Decision.Kind.RECALL && decision.id() > id)
        .sorted(Comparator.comparingLong(Decision::id))
        .toList();
  }

  /** The number of the last decision, also where it was withdrawn; 0: there is none. */
  public long lastId() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COALESCE(MAX(id), 0) FROM decision")
                .mapTo(Long.class)
                .one());
  }

  /** What someone decides about a version. */
  public record Draft(
      Decision.Kind kind,
      ProjectName project,
      Version version,
      String by,
      String reason,
      @Nullable Instant until) {
    /** {@code litellm==1.82.8}. */
    public String subject() {
      return project + "==" + version;
    }
  }

  /**
   * Which bytes of a version someone decides about.
   *
   * @param sha256 one decision each; empty: every file of the version, which an approval cannot
   *     mean
   */
  public record OfBytes(Draft draft, Set<Sha256> sha256) {
    /** Checks. */
    public OfBytes {
      sha256 = Collections.unmodifiableSet(new LinkedHashSet<>(sha256));
      if (draft.kind() == Decision.Kind.APPROVE && sha256.isEmpty()) {
        throw new IllegalArgumentException("an approval names the bytes that it approves");
      }
    }

    private String detail() {
      StringBuilder detail = new StringBuilder(draft.reason());
      if (draft.until() != null) {
        detail.append("; until ").append(draft.until());
      }
      sha256.forEach(bytes -> detail.append("; sha256 ").append(bytes.hex()));
      return detail.toString();
    }
  }

  /**
   * Decides about one version.
   *
   * @param sha256 as of {@link OfBytes}
   */
  public List<Decision> decide(Draft draft, Collection<Sha256> sha256) {
    return decide(List.of(new OfBytes(draft, new LinkedHashSet<>(sha256))));
  }

  /** Decides all of it or, where that fails, nothing; each version has its entry in the log. */
  public synchronized List<Decision> decide(List<OfBytes> drafts) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Decision> made =
        database.write(
            handle -> {
              List<Decision> decisions = new ArrayList<>();
              long id =
                  handle
                      .createQuery("SELECT COALESCE(MAX(id), 0) FROM decision")
                      .mapTo(Long.class)
                      .one();
              for (OfBytes meant : drafts) {
                Draft draft = meant.draft();
                List<@Nullable Sha256> all = new ArrayList<>(meant.sha256());
                if (all.isEmpty()) {
                  all.add(null);
                }
                for (Sha256 bytes : all) {
                  Decision decision = decision(++id, draft, bytes, now);
                  insert(handle, decision);
                  decisions.add(decision);
                }
                log.append(
                    handle, now, draft.by(), draft.kind().text(), draft.subject(), meant.detail());
              }
              return decisions;
            });
    standing = readStanding();
    return made;
  }

  /**
   * Takes back all standing decisions of a kind about a version.
   *
   * @return how many there were
   */
  public synchronized int withdraw(
      Decision.Kind kind, ProjectName project, Version version, String by, String reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int withdrawn =
        database.write(
            handle -> {
              int rows =
                  handle
                      .createUpdate(
                          """
                          UPDATE decision SET withdrawn_at = :now, withdrawn_by = :by
                          WHERE kind = :kind AND project = :project AND version = :version
                            AND withdrawn_at IS NULL
                          """)
                      .bind("now", now.toEpochMilli())
                      .bind("by", by)
                      .bind("kind", kind.text())
                      .bind("project", project.normalized())
                      .bind("version", version.toString())
                      .execute();
              if (rows > 0) {
                log.append(
                    handle, now, by, "withdraw-" + kind.text(), project + "==" + version, reason);
              }
              return rows;
            });
    standing = readStanding();
    return withdrawn;
  }

  private static Decision decision(long id, Draft draft, @Nullable Sha256 bytes, Instant now) {
    return new Decision(
        id,
        draft.kind(),
        draft.project(),
        draft.version(),
        bytes,
        draft.by(),
        draft.reason(),
        now,
        draft.until());
  }

  private static void insert(Handle handle, Decision decision) {
    Sha256 bytes = decision.sha256();
    Instant until = decision.until();
    handle
        .createUpdate(
            """
            INSERT INTO decision (id, kind, project, version, sha256, actor, reason, at, until_at)
            VALUES (:id, :kind, :project, :version, :sha256, :actor, :reason, :at, :until)
            """)
        .bind("id", decision.id())
        .bind("kind", decision.kind().text())
        .bind("project", decision.project().normalized())
        .bind("version", decision.version().toString())
        .bind("sha256", bytes == null ? null : bytes.hex())
        .bind("actor", decision.by())
        .bind("reason", decision.reason())
        .bind("at", decision.at().toEpochMilli())
        .bind("until", until == null ? null : until.toEpochMilli())
        .execute();
  }

  /** A project whose decisions are as before keeps its list, by whose identity caches go. */
  private Map<ProjectName, List<Decision>> readStanding() {
    Map<ProjectName, List<Decision>> before = standing == null ? Map.of() : standing;
    Map<ProjectName, List<Decision>> read = new HashMap<>();
    database.useRead(
        handle ->
            handle
                .createQuery("SELECT * FROM decision WHERE withdrawn_at IS NULL ORDER BY id")
                .map((row, _) -> decision(row))
                .forEach(
                    decision ->
                        read.computeIfAbsent(decision.project(), _ -> new ArrayList<>())
                            .add(decision)));
    read.replaceAll(
        (project, list) -> {
          List<Decision> known = before.get(project);
          return list.equals(known) ? known : List.copyOf(list);
        });
    return read;
  }

  private static Decision decision(ResultSet row) throws SQLException {
    long until = row.getLong("until_at");
    Instant end = row.wasNull() ? null : Instant.ofEpochMilli(until);
    return new Decision(
        row.getLong("id"),
        kind(row.getString("kind")),
        ProjectName.parse(row.getString("project")),
        Version.parse(row.getString("version")),
        Optional.ofNullable(row.getString("sha256")).map(Sha256::parse).orElse(null),
        row.getString("actor"),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("at")),
        end);
  }

  private static Decision.Kind kind(String text) {
    for (Decision.Kind kind : Decision.Kind.values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    throw new IllegalStateException("the table decision holds the unknown kind " + text);
  }
}
