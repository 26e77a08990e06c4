package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import dev.gatehouse.store.Blob;
import dev.gatehouse.store.BlobStore;
import dev.gatehouse.store.StagedBlob;
import dev.gatehouse.upstream.FileOutcome;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamReadException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Takes one file from its upstream: stream, hash, verify, keep. It always ends the arrival,
 * whatever goes wrong.
 */
final class Intake {
  /** Files taken at once. uv asks for 50 at a time; more than these wait their turn. */
  private static final int AT_ONCE = 64;

  private static final int CHUNK = 64 * 1024;

  private static final Logger LOG = System.getLogger(Intake.class.getName());

  /** A failure of the file, not of the program. */
  private static final class TakeException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient MirrorFailure failure;

    TakeException(MirrorFailure failure) {
      super(failure.toString());
      this.failure = failure;
    }
  }

  private final BlobStore blobs;
  private final KeptRepository repository;
  private final InstantSource clock;
  private final MirrorMetrics metrics;
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  Intake(BlobStore blobs, KeptRepository repository, InstantSource clock, MirrorMetrics metrics) {
    this.blobs = blobs;
    this.repository = repository;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * @param upstream where to take it from; empty: the project has no upstream any more
   * @param onKept told of what is now kept, before the arrival's followers are
   */
  void take(
      Wanted wanted,
      Optional<Upstream> upstream,
      Arrival arrival,
      Consumer<Map<KeptFiles.Key, KeptFile>> onKept) {
    conclude(
        wanted,
        arrival,
        () -> {
          Map<KeptFiles.Key, KeptFile> kept;
          permits.acquire();
          try {
            kept = fetch(wanted, upstream, arrival);
          } finally {
            permits.release();
          }
          onKept.accept(kept);
          KeptFile file =
              Objects.requireNonNull(kept.get(new KeptFiles.Key(wanted.fileName(), wanted.kind())));
          pass(wanted, blobs.find(file.sha256()));
        });
  }

  /** Lets what is kept already through the gate. */
  void vet(Wanted wanted, Blob blob, Arrival arrival) {
    conclude(wanted, arrival, () -> pass(wanted, Optional.of(blob)));
  }

  private void pass(Wanted wanted, Optional<Blob> blob)
      throws TakeException, IOException, InterruptedException {
    Gate gate = wanted.gate();
    if (gate == null) {
      return;
    }
    Blob bytes = blob.orElseThrow(() -> new IOException("its bytes are gone"));
    try (SeekableByteChannel channel = bytes.open()) {
      if (!gate.opens(bytes.sha256(), channel)) {
        throw new TakeException(refused(wanted));
      }
    }
  }

  private interface Work {
    void run() throws TakeException, IOException, InterruptedException;
  }

  private void conclude(Wanted wanted, Arrival arrival, Work work) {
    Optional<MirrorFailure> failure;
    try {
      work.run();
      failure = Optional.empty();
    } catch (TakeException e) {
      failure = Optional.of(e.failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = Optional.of(stopping(wanted));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "Could not keep " + wanted, e);
      failure = Optional.of(storeFailed(wanted, e));
    } catch (Error e) {
      // Followers must not wait for ever because this thread dies.
      end(arrival, Optional.of(storeFailed(wanted, e)));
      throw e;
    }
    failure.ifPresent(why -> LOG.log(Level.WARNING, why.toString()));
    metrics.taken(wanted, failure);
    end(arrival, failure);
  }

  private static void end(Arrival arrival, Optional<MirrorFailure> failure) {
    try {
      if (failure.isPresent()) {
        arrival.fail(failure.get());
      } else {
        arrival.keep();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Could not remove a staged file", e);
    }
  }

  private Map<KeptFiles.Key, KeptFile> fetch(
      Wanted wanted, Optional<Upstream> upstream, Arrival arrival)
      throws TakeException, IOException {
    if (upstream.isEmpty()) {
      throw new TakeException(noUpstream(wanted));
    }
    FileOutcome outcome = wanted.kind().ask(upstream.get(), wanted.file());
    switch (outcome) {
      case FileOutcome.Absent _ -> throw new TakeException(absent(wanted, upstream.get()));
      case FileOutcome.Unavailable unavailable ->
          throw new TakeException(MirrorFailure.of(unavailable.failure()));
      case FileOutcome.Content content -> {
        try (content) {
          return receive(wanted, content, arrival);
        }
      }
    }
  }

  private Map<KeptFiles.Key, KeptFile> receive(
      Wanted wanted, FileOutcome.Content content, Arrival arrival)
      throws TakeException, IOException {
    Long promised = wanted.promisedSize().orElse(null);
    Long declared = content.length();
    if (promised != null && declared != null && !promised.equals(declared)) {
      throw new TakeException(
          mismatch(
              wanted, "the upstream sends " + declared + " bytes where its page says " + promised));
    }
    StagedBlob staged = blobs.stage();
    // From here on the arrival closes it, when the last follower has left.
    arrival.begin(staged, promised != null ? promised : declared);
    ExpectedBytes expected = wanted.expected();
    copy(wanted, content.body(), staged, expected, arrival);
    Optional<String> mismatch = expected.mismatch(staged.written(), staged.digest());
    if (mismatch.isPresent()) {
      throw new TakeException(mismatch(wanted, mismatch.get()));
    }
    if (isFullyTold(wanted) && wanted.gate() == null) {
      arrival.verify();
    }
    return keep(wanted, staged);
  }

  /**
   * Where the page lacks a hash or metadata, ours is made from these bytes: whoever has them must
   * find it on the next page, so that nothing leaves before it is kept.
   */
  private static boolean isFullyTold(Wanted wanted) {
    return wanted.promisedSha256() != null && !lacksMetadata(wanted);
  }

  private static boolean lacksMetadata(Wanted wanted) {
    return wanted.kind() == Kind.ARTIFACT
        && wanted.file().name() instanceof WheelName
        && !wanted.file().metadata().isOffered();
  }

  private static void copy(
      Wanted wanted, InputStream from, StagedBlob to, ExpectedBytes expected, Arrival arrival)
      throws TakeException, IOException {
    long most = wanted.promisedSize().orElse(wanted.mostBytes());
    byte[] chunk = new byte[CHUNK];
    while (true) {
      int read = read(wanted, from, chunk);
      if (read < 0) {
        return;
      }
      if (to.written() + read > most) {
        throw new TakeException(mismatch(wanted, "it has more than " + most + " bytes"));
      }
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
      expected.update(bytes);
      to.write(bytes);
      arrival.advance(to.written());
    }
  }

  private static int read(Wanted wanted, InputStream from, byte[] chunk) throws TakeException {
    try {
      return from.read(chunk);
    } catch (UpstreamReadException e) {
      throw new TakeException(MirrorFailure.of(e.failure()));
    } catch (IOException e) {
      throw new TakeException(
          new MirrorFailure(
              MirrorFailure.Cause.UPSTREAM,
              "upstream-broke-off",
              "fetch " + wanted,
              "the upstream broke off: " + e.getMessage(),
              "Nothing of it was kept; ask again."));
    }
  }

  /**
   * Rows first, then the blob: a stop in between leaves a row without a blob, which counts as not
   * kept and is fetched again, and never a blob that nothing knows of.
   */
  private Map<KeptFiles.Key, KeptFile> keep(Wanted wanted, StagedBlob staged) throws IOException {
    Map<KeptFiles.Key, KeptFile> files = new HashMap<>();
    files.put(
        new KeptFiles.Key(wanted.fileName(), wanted.kind()),
        new KeptFile(staged.digest(), staged.written()));
    try (StagedBlob metadata = blobs.stage()) {
      boolean own = writeOwnMetadata(wanted, staged, metadata);
      if (own) {
        files.put(
            new KeptFiles.Key(wanted.fileName(), Kind.METADATA),
            new KeptFile(metadata.digest(), metadata.written()));
      }
      repository.save(wanted.project().name(), wanted.project().upstream(), files, clock.instant());
      if (own) {
        metadata.commit();
      }
      staged.commit();
    }
    return files;
  }

  /** PEP 658 for an upstream that does not offer it: the wheel's own metadata, byte for byte. */
  private static boolean writeOwnMetadata(Wanted wanted, StagedBlob wheel, StagedBlob metadata)
      throws IOException {
    if (!lacksMetadata(wanted) || !(wanted.file().name() instanceof WheelName name)) {
      return false;
    }
    try {
      metadata.write(ByteBuffer.wrap(WheelMetadata.read(wheel.path(), name)));
      return true;
    } catch (MalformedException e) {
      LOG.log(Level.WARNING, "{0} offers no metadata: {1}", wanted, e.getMessage());
      return false;
    }
  }

  private static MirrorFailure mismatch(Wanted wanted, String problem) {
    return new MirrorFailure(
        MirrorFailure.Cause.MISMATCH,
        "artifact-mismatch",
        "verify " + wanted,
        problem,
        "Nothing of it was kept. If the upstream's page was just changed, ask again in a minute;"
            + " else treat the file as tampered with.");
  }

  private static MirrorFailure refused(Wanted wanted) {
    return new MirrorFailure(
        MirrorFailure.Cause.REFUSED,
        "not-admitted",
        "serve " + wanted,
        "its vetting does not admit it",
        "gatehouse why says the reasons.");
  }

  private static MirrorFailure absent(Wanted wanted, Upstream upstream) {
    return new MirrorFailure(
        MirrorFailure.Cause.ABSENT,
        "upstream-file-missing",
        "fetch " + wanted,
        "the upstream " + upstream.name() + " lists it and does not have it",
        "Ask the upstream's operator, or pin another version.");
  }

  private static MirrorFailure noUpstream(Wanted wanted) {
    return new MirrorFailure(
        MirrorFailure.Cause.ABSENT,
        "upstream-changed",
        "fetch " + wanted,
        "the configuration no longer sends this project to " + wanted.project().upstream(),
        "Ask again.");
  }

  private static MirrorFailure stopping(Wanted wanted) {
    return new MirrorFailure(
        MirrorFailure.Cause.UPSTREAM,
        "stopping",
        "fetch " + wanted,
        "the server is stopping",
        "Ask again when it runs.");
  }

  private static MirrorFailure storeFailed(Wanted wanted, Throwable cause) {
    return new MirrorFailure(
        MirrorFailure.Cause.STORE,
        "store-failed",
        "keep " + wanted,
        String.valueOf(cause.getMessage()),
        "Check the data folder's free space and permissions, then ask again.");
  }
}
