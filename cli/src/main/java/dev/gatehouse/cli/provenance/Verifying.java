package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.report.Meter;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.ProvenanceVerifier;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.Verification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Does many things at once: up to sixteen wait for answers, and as many compute as there are
 * processors. The trusted root is made ready meanwhile. The calling thread draws the progress.
 */
final class Verifying implements AutoCloseable {
  /** More than a browser takes of one host, and few enough for any index. */
  private static final int AT_ONCE = 16;

  private static final long DRAWN_EVERY_MILLIS = 100;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("verify-", 1).factory());
  private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Future<TrustRoot> root;
  private final Instant now;
  private final Progress progress;

  /** One thing to do. */
  private record Item(String target) implements Progress.Item {
    @Override
    public long bytes() {
      return 0;
    }
  }

  Verifying(Callable<TrustRoot> root, InstantSource clock, Progress progress) {
    this.root = threads.submit(root);
    this.now = clock.instant();
    this.progress = progress;
  }

  /** The moment of this run. */
  Instant now() {
    return now;
  }

  /** Waits for the trusted root. */
  TrustRoot root() throws InterruptedException {
    return get(root);
  }

  /** Verifies one document. */
  Verification verify(ArtifactName artifact, Sha256 sha256, byte[] document)
      throws InterruptedException {
    TrustRoot trusted = root();
    return computing(() -> ProvenanceVerifier.verify(artifact, sha256, document, trusted, now));
  }

  /** Computes something, when a processor is free. */
  <T> T computing(Callable<T> work) throws InterruptedException {
    processors.acquire();
    try {
      return work.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      processors.release();
    }
  }

  /** What comes of work that may fail in one way. */
  interface Work<A, B> {
    B of(A item) throws InterruptedException;
  }

  /**
   * Does something with each of many.
   *
   * @return what came of it, in their order
   */
  <A, B> List<B> all(List<A> items, Function<A, String> name, Work<A, B> work)
      throws InterruptedException {
    List<Item> names = items.stream().map(item -> new Item(name.apply(item))).toList();
    progress.begin(names);
    List<Future<B>> futures = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      A item = items.get(i);
      Item shown = names.get(i);
      futures.add(
          threads.submit(
              () -> {
                Meter meter = progress.started(shown);
                try {
                  return work.of(item);
                } finally {
                  progress.ended(shown, meter);
                }
              }));
    }
    List<B> results = new ArrayList<>();
    for (Future<B> future : futures) {
      results.add(get(future));
    }
    progress.erase();
    return results;
  }

  private <T> T get(Future<T> future) throws InterruptedException {
    while (true) {
      try {
        return future.get(DRAWN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        progress.draw();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CommandFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    progress.erase();
  }
}
