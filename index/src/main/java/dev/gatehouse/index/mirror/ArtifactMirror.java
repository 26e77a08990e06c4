package dev.gatehouse.index.mirror;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.store.Blob;
import dev.gatehouse.store.BlobStore;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * The upstreams' files: each is fetched once however many clients ask, verified while it arrives,
 * and kept. What is kept is served without the upstream.
 */
public final class ArtifactMirror {
  private record Home(ProjectName project, String upstream) {}

  private final PageMirror pages;
  private final BlobStore blobs;
  private final KeptRepository repository;
  private final Intake intake;
  private final Executor executor;
  private final LoadingCache<Home, KeptFiles> kept;
  private final ConcurrentMap<Wanted.Key, Arrival> arrivals = new ConcurrentHashMap<>();

  ArtifactMirror(
      PageMirror pages,
      BlobStore blobs,
      KeptRepository repository,
      Intake intake,
      Executor executor) {
    this.pages = pages;
    this.blobs = blobs;
    this.repository = repository;
    this.intake = intake;
    this.executor = executor;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .build(home -> stillThere(repository.find(home.project(), home.upstream())));
  }

  /** A row whose blob is gone (a stop between the two, a deleted file) keeps nothing. */
  private KeptFiles stillThere(KeptFiles rows) throws IOException {
    Set<KeptFiles.Key> lost = new HashSet<>();
    for (Map.Entry<KeptFiles.Key, KeptFile> row : rows.entries()) {
      if (blobs.find(row.getValue().sha256()).isEmpty()) {
        lost.add(row.getKey());
      }
    }
    return rows.without(lost);
  }

  /** The projects of which an artifact is kept, in order. */
  public List<ProjectName> projects() {
    return repository.projects(pages.upstreams());
  }

  /** Which of a project's files are kept. */
  public KeptFiles kept(KnownProject project) {
    return kept.get(new Home(project.name(), project.upstream()));
  }

  /**
   * How long a client waits for a file that has to be vetted before its beginning is sent. Most are
   * vetted within it, and those that are refused are then answered with the reason alone.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * The file as soon as its first bytes may leave: kept, or on its way. A file whose size nobody
   * states is answered when it is whole. One that has to be vetted is answered when it was, or at
   * first by a beginning where that takes longer.
   *
   * @throws IOException where the store cannot be read
   */
  public Opened open(Wanted wanted) throws IOException {
    Optional<Opened> atRest = openKept(wanted);
    if (atRest.isPresent()) {
      return atRest.get();
    }
    Arrival arrival = arrival(wanted);
    Arrival.Follower follower = arrival.follow();
    if (wanted.gate() != null
        && awaitEnd(arrival) instanceof Arrival.Progress.Failed(MirrorFailure failure)) {
      follower.close();
      return new Opened.Failed(failure);
    }
    return switch (await(arrival, 0)) {
      case Arrival.Progress.Upto _ -> new Opened.Arriving(arrival.size().orElseThrow(), follower);
      case Arrival.Progress.Kept _ -> {
        follower.close();
        yield openNowKept(wanted);
      }
      case Arrival.Progress.Failed failed -> {
        follower.close();
        yield new Opened.Failed(failed.failure());
      }
    };
  }

  /**
   * The file when it is whole: for parts of it, and for what must be known before the first byte.
   *
   * @throws IOException where the store cannot be read
   */
  public Opened openWhole(Wanted wanted) throws IOException {
    Optional<Opened> atRest = openKept(wanted);
    if (atRest.isPresent()) {
      return atRest.get();
    }
    return switch (await(arrival(wanted), Long.MAX_VALUE)) {
      case Arrival.Progress.Failed failed -> new Opened.Failed(failed.failure());
      case Arrival.Progress.Kept _, Arrival.Progress.Upto _ -> openNowKept(wanted);
    };
  }

  private Opened openNowKept(Wanted wanted) throws IOException {
    return openAtRest(wanted).orElseGet(() -> vanished(wanted));
  }

  private Optional<Opened> openKept(Wanted wanted) throws IOException {
    return wanted.gate() == null ? openAtRest(wanted) : Optional.empty();
  }

  private Optional<Opened> openAtRest(Wanted wanted) throws IOException {
    Optional<KeptFile> file = findKept(wanted);
    Optional<Blob> blob = file.isEmpty() ? Optional.empty() : blobs.find(file.get().sha256());
    return blob.isEmpty()
        ? Optional.empty()
        : Optional.of(new Opened.Kept(file.get(), blob.get().open()));
  }

  private Optional<KeptFile> findKept(Wanted wanted) {
    return kept(wanted.project())
        .find(wanted.fileName(), wanted.kind())
        .filter(file -> isWhatIsWanted(file, wanted));
  }

  private static boolean isWhatIsWanted(KeptFile file, Wanted wanted) {
    String promised = wanted.promisedSha256();
    return promised == null || promised.equals(file.sha256().hex());
  }

  private Opened.Failed vanished(Wanted wanted) {
    return new Opened.Failed(
        new MirrorFailure(
            MirrorFailure.Cause.STORE,
            "store-lost",
            "serve " + wanted,
            "its bytes were kept and are no longer in the data folder",
            "Check that nothing but Gatehouse changes the data folder, then ask again."));
  }

  private Arrival arrival(Wanted wanted) {
    Arrival mine = new Arrival(wanted.gate() != null);
    // Whoever asks after a failure is not told of the one before, though it still winds up.
    Arrival current =
        arrivals.compute(
            wanted.key(), (_, running) -> running == null || running.hasFailed() ? mine : running);
    if (current == mine) {
      executor.execute(() -> take(wanted, mine));
    }
    return current;
  }

  private void take(Wanted wanted, Arrival arrival) {
    try {
      Optional<Blob> here = blobKeptByNow(wanted);
      if (here.isPresent()) {
        intake.vet(wanted, here.get(), arrival);
      } else {
        Optional<Upstream> upstream = pages.upstreamOf(wanted.project());
        intake.take(wanted, upstream, arrival, files -> remember(wanted.project(), files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      arrivals.remove(wanted.key(), arrival);
    }
  }

  /** Whoever asked may have missed the end of the arrival before by a moment. */
  private Optional<Blob> blobKeptByNow(Wanted wanted) throws IOException {
    Optional<KeptFile> file = findKept(wanted);
    return file.isEmpty() ? Optional.empty() : blobs.find(file.get().sha256());
  }

  private void remember(KnownProject project, Map<KeptFiles.Key, KeptFile> files) {
    kept.asMap()
        .computeIfPresent(
            new Home(project.name(), project.upstream()), (_, known) -> known.with(files));
  }

  private static Arrival.Progress awaitEnd(Arrival arrival) throws IOException {
    try {
      return arrival.awaitEnd(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file arrived");
    }
  }

  private static Arrival.Progress await(Arrival arrival, long position) throws IOException {
    try {
      return arrival.await(position);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file arrived");
    }
  }
}
