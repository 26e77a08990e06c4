package dev.gatehouse.vetting.evidence;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.SourceSearch;
import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.findings.JsonReport;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.vetting.policy.Compared;
import dev.gatehouse.vetting.policy.Inspected;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Inspections of artifacts, each made once and stored by project, file name and bytes. One that was
 * made by other rules than today's does not count any more.
 */
public final class Inspections {
  static final String OWNER = "inspections";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "inspections",
              """
              CREATE TABLE inspection (
                project TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                rules TEXT NOT NULL,
                at BIGINT NOT NULL,
                result TEXT NOT NULL,
                report TEXT NOT NULL,
                profile TEXT NOT NULL,
                PRIMARY KEY (project, file_name, sha256)
              );
              """));

  private static final Logger LOG = System.getLogger(Inspections.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  /** One file's bytes. */
  public record Key(String fileName, Sha256 sha256) {}

  private record Earlier(Version version, String profile) {}

  private final Database database;
  private final Examiner examiner;
  private final InstantSource clock;
  private final String program;
  private final Sha256 rules = RuleSet.id();
  private final LoadingCache<ProjectName, Map<Key, Inspected>> results =
      Caffeine.newBuilder().maximumSize(10_000).build(this::read);

  private Inspections(
      Database database,
      Incidents incidents,
      RemoteRepositories repositories,
      InstantSource clock,
      String program) {
    this.database = database;
    // Advisories are asked at each verdict, which a stored inspection could only answer for its
    // day.
    Inspector inspector =
        new Inspector(new KnownBad(Advisories.none(), incidents), Limits.DEFAULT, clock);
    SourceComparison comparison = new SourceComparison(inspector, Limits.DEFAULT, clock);
    this.examiner =
        new Examiner(
            inspector, new SourceSearch(repositories, comparison, clock, Inspections::note));
    this.clock = clock;
    this.program = program;
  }

  /**
   * Opens the inspections in a store, whose table is brought up to date.
   *
   * @param repositories the sources of what is compared
   * @param program this program's version, for the reports
   */
  public static Inspections open(
      Database database,
      Incidents incidents,
      RemoteRepositories repositories,
      InstantSource clock,
      String program) {
    database.migrate(OWNER, MIGRATIONS);
    return new Inspections(database, incidents, repositories, clock, program);
  }

  private static void note(String sentence) {
    LOG.log(Level.INFO, sentence);
  }

  /** Which inspection it is: another one makes all that is stored void. */
  public Sha256 rules() {
    return rules;
  }

  /**
   * What is known of a project's files by today's rules. The same map until there is another
   * inspection of one of them.
   */
  public Map<Key, Inspected> of(ProjectName project) {
    return results.get(project);
  }

  /**
   * Inspects a file and stores what came of it. Blocks for as long as that takes, and for a place
   * among those that are inspected at once.
   *
   * @param bytes positioned anywhere; not closed
   * @param compare whether to compare it with its source as well
   */
  public Inspected inspect(
      ArtifactName artifact, Sha256 sha256, SeekableByteChannel bytes, boolean compare)
      throws InterruptedException {
    TargetReport report = examiner.examine(artifact, bytes);
    Profile profile = Profile.of(report);
    List<String> drift = drift(artifact, profile);
    Inspected inspected = Examiner.inspected(report, drift);
    List<TargetReport> reports = new ArrayList<>(List.of(report));
    if (compare) {
      Comparison comparison = examiner.compare(artifact, bytes);
      inspected = inspected.with(Examiner.compared(comparison));
      reports.add(comparison.report());
    }
    save(artifact, sha256, inspected, reports, profile);
    put(artifact, sha256, inspected);
    return inspected;
  }

  private void put(ArtifactName artifact, Sha256 sha256, Inspected inspected) {
    results
        .asMap()
        .compute(
            artifact.project(),
            (project, known) -> with(project, known, artifact, sha256, inspected));
  }

  private Map<Key, Inspected> with(
      ProjectName project,
      Map<Key, Inspected> known,
      ArtifactName artifact,
      Sha256 sha256,
      Inspected inspected) {
    Map<Key, Inspected> all = new HashMap<>(known == null ? read(project) : known);
    all.put(new Key(artifact.filename(), sha256), inspected);
    return Map.copyOf(all);
  }

  private List<String> drift(ArtifactName artifact, Profile now) {
    return previous(artifact)
        .map(before -> now.driftFrom(Profile.parse(before.profile())))
        .orElse(List.of());
  }

  /** The newest version before this one that was served, of the same kind of artifact. */
  private Optional<Earlier> previous(ArtifactName artifact) {
    List<Earlier> earlier =
        database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT i.file_name, i.profile FROM inspection i
                        WHERE i.project = :project AND i.rules = :rules
                          AND EXISTS (SELECT 1 FROM verdict v WHERE v.project = i.project
                            AND v.file_name = i.file_name AND v.sha256 = i.sha256
                            AND v.verdict = 'admit')
                        """)
                    .bind("project", artifact.project().normalized())
                    .bind("rules", rules.hex())
                    .map(
                        (row, _) ->
                            new Stored(
                                ArtifactName.parse(row.getString("file_name"), artifact.project()),
                                row.getString("profile")))
                    .stream()
                    .filter(stored -> isWheel(stored.name()) == isWheel(artifact))
                    .map(stored -> new Earlier(stored.name().version(), stored.profile()))
                    .toList());
    return earlier.stream()
        .filter(one -> one.version().compareTo(artifact.version()) < 0)
        .max(Comparator.comparing(Earlier::version));
  }

  private record Stored(ArtifactName name, String profile) {}

  private static boolean isWheel(ArtifactName name) {
    return name instanceof WheelName;
  }

  private void save(
      ArtifactName artifact,
      Sha256 sha256,
      Inspected inspected,
      List<TargetReport> reports,
      Profile profile) {
    database.useWrite(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO inspection (project, file_name, sha256, rules, at, result, report, profile)
                    VALUES (:project, :file, :sha256, :rules, :at, :result, :report, :profile)
                    ON CONFLICT (project, file_name, sha256) DO UPDATE SET
                      rules = excluded.rules, at = excluded.at, result = excluded.result,
                      report = excluded.report, profile = excluded.profile
                    """)
                .bind("project", artifact.project().normalized())
                .bind("file", artifact.filename())
                .bind("sha256", sha256.hex())
                .bind("rules", rules.hex())
                .bind("at", clock.instant().toEpochMilli())
                .bind("result", json(inspected))
                .bind("report", json(reports))
                .bind("profile", profile.json())
                .execute());
  }

  /** All that is stored of a file's inspection, whatever rules made it. */
  public Optional<Examination> find(ArtifactName artifact, Sha256 sha256) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT at, result, report FROM inspection
                    WHERE project = :project AND file_name = :file AND sha256 = :sha256
                    """)
                .bind("project", artifact.project().normalized())
                .bind("file", artifact.filename())
                .bind("sha256", sha256.hex())
                .map(
                    (row, _) ->
                        new Examination(
                            inspected(row.getString("result")),
                            row.getString("report"),
                            Instant.ofEpochMilli(row.getLong("at"))))
                .findOne());
  }

  private Map<Key, Inspected> read(ProjectName project) {
    return database.read(
        handle -> {
          Map<Key, Inspected> found = new HashMap<>();
          handle
              .createQuery(
                  """
                  SELECT file_name, sha256, result FROM inspection
                  WHERE project = :project AND rules = :rules
                  """)
              .bind("project", project.normalized())
              .bind("rules", rules.hex())
              .map(
                  (row, _) ->
                      Map.entry(
                          new Key(
                              row.getString("file_name"), Sha256.parse(row.getString("sha256"))),
                          inspected(row.getString("result"))))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return Map.copyOf(found);
        });
  }

  private static String json(Inspected inspected) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("refusing", inspected.refusing());
    members.put("holding", inspected.holding());
    members.put("drift", inspected.drift());
    members.put("unread", inspected.unread());
    Compared compared = inspected.compared();
    if (compared != null) {
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("refusing", compared.refusing());
      source.put("holding", compared.holding());
      source.put("uncompared", compared.uncompared());
      source.put("proved-percent", compared.provedPercent());
      members.put("compared", source);
    }
    return JSON.writeValueAsString(members);
  }

  private static Inspected inspected(String json) {
    JsonNode node = JSON.readTree(json);
    return new Inspected(
        texts(node.path("refusing")),
        texts(node.path("holding")),
        texts(node.path("drift")),
        texts(node.path("unread")),
        node.has("compared") ? compared(node.path("compared")) : null);
  }

  private static Compared compared(JsonNode node) {
    return new Compared(
        texts(node.path("refusing")),
        texts(node.path("holding")),
        texts(node.path("uncompared")),
        node.path("proved-percent").asInt(0));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  private String json(List<TargetReport> reports) {
    StringWriter text = new StringWriter();
    try {
      new JsonReport().write(new Report(program, reports), text);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return text.toString();
  }
}
