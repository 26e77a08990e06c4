package dev.gatehouse.vetting.evidence;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.verification.ProvenanceVerifier;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRoots;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.vetting.policy.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the attestations of artifacts prove, each verified once and stored by project, file name and
 * bytes, and whether each file goes on as the versions before it. What other rules than today's
 * verified, or another trusted root, still tells who published earlier versions, and is not enough
 * to judge the file itself.
 */
public final class Provenances {
  static final String OWNER = "provenances";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "provenance of files",
              """
              CREATE TABLE provenance (
                project TEXT NOT NULL,
                file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                rules TEXT NOT NULL,
                at BIGINT NOT NULL,
                document TEXT,
                verification TEXT,
                breaks TEXT,
                PRIMARY KEY (project, file_name, sha256)
              );
              """));

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;
  private final TrustRoots roots;
  private final InstantSource clock;
  private final Sha256 program;
  private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final LoadingCache<Known, Map<Inspections.Key, Provenance>> results =
      Caffeine.newBuilder().maximumSize(10_000).build(this::read);

  /** A project's files, by certain rules: by others they are another matter. */
  private record Known(ProjectName project, Sha256 rules) {}

  private Provenances(Database database, TrustRoots roots, InstantSource clock, Sha256 program) {
    this.database = database;
    this.roots = roots;
    this.clock = clock;
    this.program = program;
  }

  /**
   * Opens them in a store, whose table is brought up to date.
   *
   * @param roots made ready when something has to be verified: many indexes never have anything,
   *     and what verifies takes memory
   * @param program which program verifies
   */
  public static Provenances open(
      Database database, TrustRoots roots, InstantSource clock, Sha256 program) {
    database.migrate(OWNER, MIGRATIONS);
    return new Provenances(database, roots, clock, program);
  }

  /** What a verification depends on besides the document: the program, and whom it believes. */
  public Sha256 rules() {
    return rules(roots.fingerprint());
  }

  private Sha256 rules(Sha256 root) {
    return Sha256.digest((program.hex() + root.hex()).getBytes(StandardCharsets.US_ASCII));
  }

  /** What is known of a project's files. The same map until something else is known of one. */
  public Map<Inspections.Key, Provenance> of(ProjectName project) {
    return results.get(new Known(project, rules()));
  }

  /** What is known of a file, whether or not it was judged. */
  public Optional<Provenance> find(ArtifactName artifact, Sha256 sha256) {
    return Optional.ofNullable(of(artifact.project()).get(key(artifact, sha256)));
  }

  /**
   * Verifies what an upstream says of a file's provenance, unless this very document was verified
   * before, and stores what came of it; but for what says something of our own trusted root alone.
   * Blocks for a place among those that are verified at once.
   *
   * @param document JSON of strangers, of whatever size
   */
  public Verification verify(ArtifactName artifact, Sha256 sha256, byte[] document)
      throws InterruptedException {
    Sha256 hash = Sha256.digest(document);
    Optional<Verification> stored = stored(artifact, sha256, hash);
    if (stored.isPresent()) {
      return stored.get();
    }
    Verification verification;
    TrustRoot root;
    permits.acquire();
    try {
      root = roots.root();
      verification = ProvenanceVerifier.verify(artifact, sha256, document, root, clock.instant());
    } finally {
      permits.release();
    }
    if (!(verification instanceof Verification.Refused refused)
        || !refused.refusal().reason().isOurs()) {
      Sha256 rules = rules(root.fingerprint());
      save(artifact, sha256, hash, rules, new Provenance(verification, null, null));
      put(artifact, sha256, rules, new Provenance(verification, null, null));
    }
    return verification;
  }

  /**
   * Judges whether a file goes on as the versions before it, and stores it; but for what is judged
   * without something that could not be had, which is forgotten when the program ends.
   *
   * @param admitted versions that were served here, and not recalled
   */
  public Provenance judge(
      ArtifactName artifact, Sha256 sha256, ProvenanceLook look, Set<Version> admitted) {
    List<Provenance.Break> breaks =
        PublisherLine.breaks(
            new PublisherLine.File(artifact, look.own()), others(artifact, look), admitted, look);
    String unavailable =
        look.ownUnavailable() == null ? look.othersUnavailable() : look.ownUnavailable();
    Provenance judged = new Provenance(look.own(), unavailable, breaks);
    if (unavailable == null) {
      save(artifact, sha256, null, look.rules(), judged);
    }
    put(artifact, sha256, look.rules(), judged);
    return judged;
  }

  private List<PublisherLine.File> others(ArtifactName artifact, ProvenanceLook look) {
    Map<String, PublisherLine.File> others = new HashMap<>();
    look.unattested()
        .forEach(name -> others.put(name.filename(), new PublisherLine.File(name, null)));
    of(artifact.project())
        .forEach(
            (key, known) -> {
              if (known.verification() != null) {
                PublisherLine.File file =
                    new PublisherLine.File(
                        ArtifactName.parse(key.fileName(), artifact.project()),
                        known.verification());
                // Of two files of one name, the one that is attested tells more.
                others.merge(
                    key.fileName(), file, (one, other) -> other.isAttested() ? other : one);
              }
            });
    others.remove(artifact.filename());
    return List.copyOf(others.values());
  }

  private static Inspections.Key key(ArtifactName artifact, Sha256 sha256) {
    return new Inspections.Key(artifact.filename(), sha256);
  }

  private void put(ArtifactName artifact, Sha256 sha256, Sha256 rules, Provenance provenance) {
    results
        .asMap()
        .compute(
            new Known(artifact.project(), rules),
            (project, known) -> {
              Map<Inspections.Key, Provenance> all =
                  new HashMap<>(known == null ? read(project) : known);
              all.put(key(artifact, sha256), provenance);
              return Map.copyOf(all);
            });
  }

  /**
   * @param document the hash of what was verified; null: that of what is stored already
   */
  private void save(
      ArtifactName artifact,
      Sha256 sha256,
      @Nullable Sha256 document,
      Sha256 rules,
      Provenance provenance) {
    Verification verification = provenance.verification();
    List<Provenance.Break> breaks = provenance.breaks();
    database.useWrite(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO provenance
                      (project, file_name, sha256, rules, at, document, verification, breaks)
                    VALUES (:project, :file, :sha256, :rules, :at, :document, :verification, :breaks)
                    ON CONFLICT (project, file_name, sha256) DO UPDATE SET
                      rules = excluded.rules, at = excluded.at,
                      document = coalesce(excluded.document, document),
                      verification = excluded.verification, breaks = excluded.breaks
                    """)
                .bind("project", artifact.project().normalized())
                .bind("file", artifact.filename())
                .bind("sha256", sha256.hex())
                .bind("rules", rules.hex())
                .bind("at", clock.instant().toEpochMilli())
                .bind("document", document == null ? null : document.hex())
                .bind(
                    "verification",
                    verification == null ? null : VerificationText.write(verification))
                .bind("breaks", breaks == null ? null : json(breaks))
                .execute());
  }

  private Optional<Verification> stored(ArtifactName artifact, Sha256 sha256, Sha256 document) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT verification FROM provenance
                    WHERE project = :project AND file_name = :file AND sha256 = :sha256
                      AND rules = :rules AND document = :document AND verification IS NOT NULL
                    """)
                .bind("project", artifact.project().normalized())
                .bind("file", artifact.filename())
                .bind("sha256", sha256.hex())
                .bind("rules", rules().hex())
                .bind("document", document.hex())
                .map((row, _) -> VerificationText.read(row.getString("verification")))
                .findOne());
  }

  private Map<Inspections.Key, Provenance> read(Known known) {
    return database.read(
        handle -> {
          Map<Inspections.Key, Provenance> found = new HashMap<>();
          handle
              .createQuery(
                  """
                  SELECT file_name, sha256, rules, verification, breaks FROM provenance
                  WHERE project = :project
                  """)
              .bind("project", known.project().normalized())
              .map(
                  (row, _) ->
                      Map.entry(
                          new Inspections.Key(
                              row.getString("file_name"), Sha256.parse(row.getString("sha256"))),
                          provenance(
                              row.getString("verification"),
                              known.rules().hex().equals(row.getString("rules"))
                                  ? row.getString("breaks")
                                  : null)))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return Map.copyOf(found);
        });
  }

  private static Provenance provenance(@Nullable String verification, @Nullable String breaks) {
    return new Provenance(
        verification == null ? null : VerificationText.read(verification),
        null,
        breaks == null ? null : breaks(breaks));
  }

  private static String json(List<Provenance.Break> breaks) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Provenance.Break each : breaks) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("code", each.code());
      members.put("text", each.text());
      members.put("holds", each.holds());
      list.add(members);
    }
    return JSON.writeValueAsString(list);
  }

  private static List<Provenance.Break> breaks(String json) {
    List<Provenance.Break> breaks = new ArrayList<>();
    for (JsonNode node : JSON.readTree(json)) {
      breaks.add(
          new Provenance.Break(
              node.path("code").asString(""),
              node.path("text").asString(""),
              node.path("holds").asBoolean(true)));
    }
    return breaks;
  }
}
