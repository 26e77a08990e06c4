package dev.gatehouse.vetting.record;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.vetting.policy.Reason;
import dev.gatehouse.vetting.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verdicts that were given on files whose bytes were here, by project, file, bytes and epoch:
 * what was decided, under which policy, rules and advisories.
 */
public final class Verdicts {
  static final String OWNER = "verdicts";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "verdicts",
              """
              CREATE TABLE verdict (
                project TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                epoch TEXT NOT NULL,
                version TEXT NOT NULL,
                verdict TEXT NOT NULL,
                reasons TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (project, file_name, sha256, epoch)
              );
              CREATE INDEX verdict_by_version ON verdict (project, version);
              """));

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;

  private Verdicts(Database database) {
    this.database = database;
  }

  /** Opens the verdicts in a store, whose table is brought up to date. */
  public static Verdicts open(Database database) {
    database.migrate(OWNER, MIGRATIONS);
    return new Verdicts(database);
  }

  /**
   * A verdict that was given.
   *
   * @param word as {@link Verdict#word} has it
   */
  public record Given(
      String fileName, Sha256 sha256, Sha256 epoch, String word, List<Reason> reasons, Instant at) {
    public Given {
      reasons = List.copyOf(reasons);
    }
  }

  /** Stores a verdict; a later one of the same epoch takes its place. */
  public void save(
      ArtifactName artifact, Sha256 sha256, Sha256 epoch, Verdict verdict, Instant at) {
    database.useWrite(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO verdict (project, file_name, sha256, epoch, version, verdict, reasons, at)
                    VALUES (:project, :file, :sha256, :epoch, :version, :verdict, :reasons, :at)
                    ON CONFLICT (project, file_name, sha256, epoch) DO UPDATE SET
                      verdict = excluded.verdict, reasons = excluded.reasons, at = excluded.at
                    """)
                .bind("project", artifact.project().normalized())
                .bind("file", artifact.filename())
                .bind("sha256", sha256.hex())
                .bind("epoch", epoch.hex())
                .bind("version", artifact.version().toString())
                .bind("verdict", verdict.word())
                .bind("reasons", json(verdict.reasons()))
                .bind("at", at.toEpochMilli())
                .execute());
  }

  /** All that were given on a version's files, the oldest first. */
  public List<Given> of(ProjectName project, Version version) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT file_name, sha256, epoch, verdict, reasons, at FROM verdict
                    WHERE project = :project AND version = :version ORDER BY at, file_name
                    """)
                .bind("project", project.normalized())
                .bind("version", version.toString())
                .map(
                    (row, _) ->
                        new Given(
                            row.getString("file_name"),
                            Sha256.parse(row.getString("sha256")),
                            Sha256.parse(row.getString("epoch")),
                            row.getString("verdict"),
                            reasons(row.getString("reasons")),
                            Instant.ofEpochMilli(row.getLong("at"))))
                .list());
  }

  /** The versions of which a file was admitted at some time. */
  public Set<Version> admitted(ProjectName project) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT version FROM verdict
                    WHERE project = :project AND verdict = 'admit'
                    """)
                .bind("project", project.normalized())
                .map((row, _) -> Version.parse(row.getString("version")))
                .collect(Collectors.toSet()));
  }

  private static String json(List<Reason> reasons) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Reason reason : reasons) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("code", reason.code());
      members.put("text", reason.text());
      list.add(members);
    }
    return JSON.writeValueAsString(list);
  }

  private static List<Reason> reasons(String json) {
    List<Reason> reasons = new ArrayList<>();
    JSON.readTree(json)
        .forEach(
            reason ->
                reasons.add(
                    new Reason(
                        reason.path("code").asString(""), reason.path("text").asString(""))));
    return reasons;
  }
}
