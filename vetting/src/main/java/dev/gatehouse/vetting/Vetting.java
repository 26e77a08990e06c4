package dev.gatehouse.vetting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.comparison.remote.RemoteLimits;
import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.store.audit.AuditLog;
import dev.gatehouse.vetting.evidence.AdvisoryWatch;
import dev.gatehouse.vetting.evidence.Inspections;
import dev.gatehouse.vetting.evidence.Known;
import dev.gatehouse.vetting.evidence.ProvenanceLook;
import dev.gatehouse.vetting.evidence.Provenances;
import dev.gatehouse.vetting.evidence.TrustWatch;
import dev.gatehouse.vetting.exposure.Distribution;
import dev.gatehouse.vetting.exposure.Downloads;
import dev.gatehouse.vetting.exposure.Exposure;
import dev.gatehouse.vetting.exposure.Installations;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.policy.Inspected;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.Provenance;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Decisions;
import dev.gatehouse.vetting.record.Snapshot;
import dev.gatehouse.vetting.record.SnapshotName;
import dev.gatehouse.vetting.record.Snapshots;
import dev.gatehouse.vetting.record.Verdicts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that vets, wired once: evidence, the policy in force, decisions, and the records of
 * it. Safe for use by many threads.
 */
public final class Vetting implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Vetting.class.getName());

  private final Clock clock;
  private final AuditLog log;
  private final Decisions decisions;
  private final Inspections inspections;
  private final Provenances provenances;
  private final Verdicts verdicts;
  private final Downloads downloads;
  private final Installations installations;
  private final AdvisoryWatch advisories;
  private final TrustWatch trust;
  private final Snapshots snapshots;
  private final Cache<StandingKey, Standing> standings =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final AtomicReference<InForce> inForce;
  private final ScheduledExecutorService background;
  private final Duration keepDownloads;
  private @Nullable ScheduledFuture<?> forgetting;

  private Vetting(
      Database database,
      VettingSettings settings,
      Policy policy,
      Outbound outbound,
      Path folder,
      Clock clock,
      ScheduledExecutorService background) {
    this.clock = clock;
    this.background = background;
    this.log = AuditLog.open(database);
    this.decisions = Decisions.open(database, log, clock);
    this.snapshots = Snapshots.open(database, log, clock);
    Incidents incidents = settings.advisories().builtIn() ? Incidents.builtIn() : Incidents.none();
    // The verdicts' table is asked by the inspections, which compare with what was admitted.
    this.verdicts = Verdicts.open(database);
    this.inspections =
        Inspections.open(
            database,
            incidents,
            new RemoteRepositories(
                outbound, folder.resolve("sources"), RemoteLimits.DEFAULT, clock),
            clock,
            settings.program());
    this.trust = TrustWatch.open(settings.trust(), outbound, folder.resolve("trusted-root"), clock);
    this.provenances = Provenances.open(database, trust.roots(), clock, inspections.rules());
    this.downloads = Downloads.open(database, background);
    this.installations = Installations.open(database);
    this.keepDownloads = settings.keepDownloads();
    this.advisories =
        AdvisoryWatch.open(
            settings.advisories(), policy.vetting().staleAdvisories(), outbound, folder, clock);
    this.inForce =
        new AtomicReference<>(InForce.of(policy, advisories.known(), inspections.rules()));
  }

  /**
   * Opens the vetting over a store, whose tables are brought up to date. {@link #start} begins to
   * follow the advisories and the trusted root.
   *
   * @param folder where what others' addresses gave is remembered
   * @param background writes records and follows the advisories and the trusted root, at least
   *     three at once; not shut down
   */
  public static Vetting open(
      Database database,
      VettingSettings settings,
      Policy policy,
      Outbound outbound,
      Path folder,
      Clock clock,
      ScheduledExecutorService background) {
    return new Vetting(database, settings, policy, outbound, folder, clock, background);
  }

  /**
   * Follows the advisories and the trusted root from now on. Malware that becomes known of a
   * version which somebody received is recalled.
   *
   * @param recalled told of each recall that nobody asked for
   */
  public void start(Consumer<Decision> recalled) {
    recallMalware(advisories.known(), recalled);
    advisories.start(
        background,
        known -> {
          // A policy may be put in force at the same moment: neither may undo the other.
          inForce.updateAndGet(now -> InForce.of(now.policy(), known, inspections.rules()));
          recallMalware(known, recalled);
        });
    trust.start(background);
    forgetting = background.scheduleWithFixedDelay(this::forget, 1, 1, TimeUnit.HOURS);
  }

  /** Removes records whose time is over. Never throws: a try that failed must not be the last. */
  private void forget() {
    Instant before = clock.instant().minus(keepDownloads);
    try {
      downloads.forgetBefore(before);
      installations.forgetBefore(before);
    } catch (StoreException e) {
      LOG.log(
          Level.ERROR, "Could not remove the old records of downloads; the next try is in 1 h", e);
    }
  }

  private void recallMalware(Known known, Consumer<Decision> recalled) {
    downloads.askedProjects().stream()
        .filter(known.bad()::knowsMalwareOf)
        .forEach(project -> recallMalware(project, known, recalled));
  }

  private void recallMalware(ProjectName project, Known known, Consumer<Decision> recalled) {
    for (Distribution received : downloads.received(project)) {
      known
          .bad()
          .malware(project, received.version())
          .filter(_ -> !isRecalled(project, received.version()))
          .ifPresent(bad -> recalled.accept(recall(project, received.version(), bad)));
    }
  }

  private boolean isRecalled(ProjectName project, Version version) {
    return decisions.of(project).stream()
        .anyMatch(
            decision ->
                decision.kind() == Decision.Kind.RECALL && decision.version().equals(version));
  }

  private Decision recall(ProjectName project, Version version, BadVersion bad) {
    LOG.log(
        Level.WARNING,
        "{0} {1} was served and is malware ({2}): recalled. Who received it: gatehouse exposure {0}=={1}",
        project,
        version,
        bad.id());
    return decisions
        .decide(
            new Decisions.Draft(
                Decision.Kind.RECALL,
                project,
                version,
                "advisories",
                bad.id() + (bad.summary().isEmpty() ? "" : ": " + bad.summary()),
                null),
            List.of())
        .getFirst();
  }

  /** Puts another policy in force, at once. */
  public void apply(Policy policy, String actor) {
    if (!policy().fingerprint().equals(policy.fingerprint())) {
      log.append(
          clock.instant(),
          actor,
          "policy",
          "gatehouse.toml",
          "mode %s, fingerprint %s".formatted(policy.mode().text(), policy.fingerprint()));
    }
    inForce.updateAndGet(now -> InForce.of(policy, now.known(), inspections.rules()));
    advisories.staleAfter(policy.vetting().staleAdvisories());
  }

  /** The policy in force. */
  public Policy policy() {
    return inForce.get().policy();
  }

  /** What is publicly known to be bad. */
  public Known known() {
    return inForce.get().known();
  }

  /** The file or folder that the advisories were read from; empty: there is none yet. */
  public Optional<Path> advisoriesFile() {
    return advisories.file();
  }

  /** What the verdicts on a project's files depend on now, at the address of the index itself. */
  public Standing standing(ProjectName project) {
    return standingIn(project, null);
  }

  /**
   * What the verdicts on a project's files depend on now.
   *
   * @param view the snapshot at whose own address somebody asks; null: at that of the index itself,
   *     which may have gone back to one
   */
  public Standing standingIn(ProjectName project, @Nullable Snapshot view) {
    Snapshot snapshot = view == null ? snapshots.inUse() : view;
    InForce now = inForce.get();
    List<Decision> decided = decisions.of(project);
    Map<Inspections.Key, Inspected> inspected = inspections.of(project);
    Map<Inspections.Key, Provenance> proved = provenances.of(project);
    // A name stands for the same files for ever, so that it is as good as they are.
    StandingKey key = new StandingKey(project, snapshot == null ? null : snapshot.about().name());
    Standing known = standings.getIfPresent(key);
    if (known != null && known.isOf(now, decided, inspected, proved)) {
      return known;
    }
    Standing made = new Standing(project, now, decided, inspected, proved, snapshot, known);
    standings.put(key, made);
    return made;
  }

  /** What the verdicts on a project's files would depend on under another policy. */
  public Standing standing(ProjectName project, Policy policy) {
    return new Standing(
        project,
        InForce.of(policy, known(), inspections.rules()),
        decisions.of(project),
        inspections.of(project),
        provenances.of(project),
        snapshots.inUse(),
        null);
  }

  private record StandingKey(ProjectName project, @Nullable SnapshotName snapshot) {}

  /**
   * Whether a file's bytes were inspected by today's rules, and compared with its source where the
   * policy asks for that.
   */
  public boolean isInspected(FileFacts facts) {
    Inspected inspected = standing(facts.artifact().project()).evidence(facts).inspected();
    return inspected != null && policy().vetting().isEnough(facts.artifact().project(), inspected);
  }

  /**
   * Inspects a file's bytes, stores what came of it, and gives and stores the verdict. Blocks for
   * as long as that takes.
   *
   * @param facts with the hash of the bytes
   * @param bytes positioned anywhere; not closed
   * @param view as of {@link #standingIn}
   */
  public Verdict vet(FileFacts facts, SeekableByteChannel bytes, @Nullable Snapshot view)
      throws InterruptedException {
    ProjectName project = facts.artifact().project();
    Sha256 sha256 = hash(facts);
    if (!isInspected(facts)) {
      boolean compare = policy().vetting().compare().covers(project);
      inspections.inspect(facts.artifact(), sha256, bytes, compare);
    }
    Standing standing = standingIn(project, view);
    Verdict verdict = standing.judge(facts, clock.instant());
    verdicts.save(facts.artifact(), sha256, standing.epoch(), verdict, clock.instant());
    return verdict;
  }

  /**
   * Inspects a file's bytes and compares them with its source, whether or not that was done before:
   * a repository that could not be had may be there now. Blocks for as long as that takes.
   *
   * @param facts with the hash of the bytes
   * @param bytes positioned anywhere; not closed
   */
  public void compare(FileFacts facts, SeekableByteChannel bytes) throws InterruptedException {
    inspections.inspect(facts.artifact(), hash(facts), bytes, true);
  }

  /** Whether a file's provenance was looked at, and nothing of it was missing. */
  public boolean isProvenanceKnown(FileFacts facts) {
    Provenance known = standing(facts.artifact().project()).evidence(facts).provenance();
    return known != null && known.unavailable() == null;
  }

  /**
   * Judges whether a file goes on as the versions before it that were published with attestations,
   * and stores it. A version counts as served where a file of it was, and it was not recalled.
   *
   * @param facts with the hash of the bytes
   */
  public void judgeProvenance(FileFacts facts, ProvenanceLook look) {
    ProjectName project = facts.artifact().project();
    Set<Version> admitted = new HashSet<>(verdicts.admitted(project));
    decisions.of(project).stream()
        .filter(decision -> decision.kind() == Decision.Kind.RECALL)
        .forEach(decision -> admitted.remove(decision.version()));
    provenances.judge(facts.artifact(), hash(facts), look, admitted);
  }

  private static Sha256 hash(FileFacts facts) {
    Sha256 sha256 = facts.sha256();
    if (sha256 == null) {
      throw new IllegalArgumentException("bytes that are here have a hash: " + facts.artifact());
    }
    return sha256;
  }

  /** The audit log. */
  public AuditLog log() {
    return log;
  }

  /** What people decided. */
  public Decisions decisions() {
    return decisions;
  }

  /** The sets of files that were admitted at some moment. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** What inspections found. */
  public Inspections inspections() {
    return inspections;
  }

  /** What attestations prove. */
  public Provenances provenances() {
    return provenances;
  }

  /** The verdicts that were given. */
  public Verdicts verdicts() {
    return verdicts;
  }

  /** Who received what. */
  public Downloads downloads() {
    return downloads;
  }

  /** What is installed where. */
  public Installations installations() {
    return installations;
  }

  /** Who received a version, and where it is installed. */
  public Exposure exposure(ProjectName project, Version version) {
    return new Exposure(downloads.receipts(project, version), installations.of(project, version));
  }

  /** Ends the following, and writes what is still to be recorded. */
  @Override
  public void close() {
    if (forgetting != null) {
      forgetting.cancel(false);
    }
    trust.close();
    advisories.close();
    downloads.close();
  }
}
