package dev.gatehouse.index.gate;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.index.mirror.Wanted;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.attestation.AttestationLimits;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.vetting.FileFacts;
import dev.gatehouse.vetting.ProvenanceOffer;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.evidence.Inspections;
import dev.gatehouse.vetting.evidence.ProvenanceLook;
import dev.gatehouse.vetting.policy.Provenance;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what upstreams say of the provenance of files, has it verified, and has a file held
 * against the versions before it.
 */
public final class Attestations {
  /** How many of the newest earlier versions with attestations a file is held against. */
  private static final int EARLIER_VERSIONS = 5;

  /** How many files are asked for of each. */
  private static final int FILES_OF_EACH = 2;

  /** How long all of it may take: what comes later is there for the next file. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ArtifactMirror artifacts;
  private final Vetting vetting;
  private final ExecutorService fetching;

  /**
   * @param fetching runs what waits for upstreams; not shut down
   */
  public Attestations(ArtifactMirror artifacts, Vetting vetting, ExecutorService fetching) {
    this.artifacts = artifacts;
    this.vetting = vetting;
    this.fetching = fetching;
  }

  /** What came of asking for a file's provenance. */
  public sealed interface Answer {
    /** What it proves. */
    record Known(Verification verification) implements Answer {}

    /** It could not be had. */
    record Unavailable(MirrorFailure failure) implements Answer {}
  }

  /**
   * Fetches a file's provenance, unless it is here, and verifies it, unless that was done.
   *
   * @param wanted a {@link Kind#PROVENANCE}
   * @param sha256 of the artifact
   * @throws IOException where the store cannot be read
   */
  public Answer ask(Wanted wanted, Sha256 sha256) throws IOException, InterruptedException {
    return switch (artifacts.openWhole(wanted)) {
      case Opened.Kept(_, SeekableByteChannel channel) -> {
        try (channel) {
          byte[] document =
              Channels.newInputStream(channel).readNBytes(AttestationLimits.DOCUMENT + 1);
          yield new Answer.Known(
              vetting.provenances().verify(wanted.file().name(), sha256, document));
        }
      }
      case Opened.Failed(MirrorFailure failure) -> new Answer.Unavailable(failure);
      case Opened.Arriving _ -> throw new IllegalStateException("a whole file does not arrive");
    };
  }

  /**
   * Looks at a file's provenance and at that of versions before it, and has the vetting judge it.
   * What cannot be had never fails it. Blocks for some seconds at most.
   *
   * @param sha256 of its bytes
   */
  void look(ListedFile file, Sha256 sha256) throws InterruptedException {
    FileFacts facts = file.facts().withHash(sha256);
    if (facts.provenance() == ProvenanceOffer.NOWHERE || vetting.isProvenanceKnown(facts)) {
      return;
    }
    Sha256 rules = vetting.provenances().rules();
    List<PageFile> page = file.project().page().offered();
    List<Asked> asked = new ArrayList<>();
    file.wanted(Kind.PROVENANCE, null).ifPresent(own -> asked.add(new Asked(own, sha256)));
    boolean attested = !asked.isEmpty();
    related(file, page, attested).stream()
        .flatMap(other -> asked(file, other).stream())
        .forEach(asked::add);
    List<Found> found = all(asked);
    Found own = attested ? found.getFirst() : Found.NOTHING;
    String missing =
        found.stream()
            .skip(attested ? 1 : 0)
            .map(Found::unavailable)
            .filter(why -> why != null)
            .findFirst()
            .orElse(null);
    List<ArtifactName> unattested =
        page.stream().filter(other -> other.provenance() == null).map(PageFile::name).toList();
    vetting.judgeProvenance(
        facts,
        new ProvenanceLook(rules, own.verification(), own.unavailable(), missing, unattested));
  }

  /** A document to ask for, and the artifact that it has to be about. */
  private record Asked(Wanted wanted, Sha256 sha256) {}

  /** What came of one. */
  private record Found(@Nullable Verification verification, @Nullable String unavailable) {
    static final Found NOTHING = new Found(null, null);
  }

  /**
   * The files with attestations whose publishers are worth to be known: those of the newest earlier
   * versions, and where the file itself has none those of its own.
   */
  private static List<PageFile> related(ListedFile file, List<PageFile> page, boolean attested) {
    Version version = file.name().version();
    TreeMap<Version, List<PageFile>> earlier =
        page.stream()
            .filter(other -> other.provenance() != null)
            .filter(other -> other.name().version().compareTo(version) < 0)
            .collect(
                Collectors.groupingBy(
                    other -> other.name().version(), TreeMap::new, Collectors.toList()));
    List<PageFile> related = new ArrayList<>();
    earlier.descendingMap().values().stream()
        .limit(EARLIER_VERSIONS)
        .forEach(files -> related.addAll(nearest(file, files)));
    if (!attested) {
      related.addAll(
          nearest(
              file,
              page.stream()
                  .filter(other -> other.provenance() != null)
                  .filter(other -> other.name().version().equals(version))
                  .toList()));
    }
    return related;
  }

  /** Of the same kind first: many projects attest wheels alone, or sdists. */
  private static List<PageFile> nearest(ListedFile file, List<PageFile> files) {
    boolean wheel = file.name() instanceof WheelName;
    return files.stream()
        .sorted(Comparator.comparing(other -> (other.name() instanceof WheelName) != wheel))
        .limit(FILES_OF_EACH)
        .toList();
  }

  /** Empty where it is known already, or the page says nothing of its bytes. */
  private Optional<Asked> asked(ListedFile file, PageFile other) {
    return other
        .sha256()
        .filter(sha256 -> !isVerified(other.name(), sha256))
        .map(sha256 -> new Asked(new Wanted(file.project(), other, Kind.PROVENANCE, null), sha256));
  }

  private boolean isVerified(ArtifactName name, Sha256 sha256) {
    Provenance known =
        vetting.provenances().of(name.project()).get(new Inspections.Key(name.filename(), sha256));
    return known != null && known.verification() != null;
  }

  private List<Found> all(List<Asked> asked) throws InterruptedException {
    List<Found> found = new ArrayList<>();
    try {
      List<Future<Answer>> answers =
          fetching.invokeAll(
              asked.stream().map(this::task).toList(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < answers.size(); i++) {
        found.add(found(asked.get(i), answers.get(i)));
      }
    } catch (RejectedExecutionException e) {
      throw stopping(e);
    }
    return found;
  }

  private static InterruptedException stopping(RejectedExecutionException e) {
    InterruptedException stopping = new InterruptedException("the server stops");
    stopping.initCause(e);
    return stopping;
  }

  private Callable<Answer> task(Asked one) {
    return () -> ask(one.wanted(), one.sha256());
  }

  private static Found found(Asked asked, Future<Answer> answer) throws InterruptedException {
    try {
      return switch (answer.get()) {
        case Answer.Known(Verification.Refused refused) when refused.refusal().reason().isOurs() ->
            new Found(null, refused.refusal().message());
        case Answer.Known(Verification verification) -> new Found(verification, null);
        case Answer.Unavailable(MirrorFailure failure) ->
            new Found(null, asked.wanted() + ": " + failure.problem());
      };
    } catch (CancellationException e) {
      return new Found(
          null, "%s did not come within %d s".formatted(asked.wanted(), PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      return new Found(null, asked.wanted() + ": " + e.getCause());
    }
  }
}
