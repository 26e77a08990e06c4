package dev.gatehouse.provenance.refresh;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRootException;
import dev.gatehouse.provenance.verification.TrustRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest trusted root that is known to be an instance's: what the last refresh that held left
 * in a folder, else the one that is built in. Nothing that does not hold as a whole changes it, or
 * anything on disk but the note that it was tried.
 */
public final class RefreshedTrustRoots implements TrustRoots {
  /**
   * The public instance gives out a new time stamp every few days, a new root a few times a year.
   */
  private static final Duration EVERY = Duration.ofDays(1);

  /** A machine without a network must not wait in vain every time. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private final TufRepository repository;
  private final Path file;
  private final Path tryFile;
  private final LongSupplier nanoTime;
  private final TrustRoots builtIn = TrustRoots.builtIn();

  /** All of these are guarded by this. */
  private @Nullable KeptTrustRoot kept;

  private @Nullable LastTry lastTry;
  private @Nullable TrustRoot made;

  private RefreshedTrustRoots(TufRepository repository, Path folder, LongSupplier nanoTime) {
    this.repository = repository;
    this.file = folder.resolve("confirmed");
    this.tryFile = folder.resolve("tried");
    this.nanoTime = nanoTime;
    this.kept = KeptTrustRoot.read(file).orElse(null);
    this.lastTry = LastTry.read(tryFile).orElse(null);
  }

  /**
   * Opens what is known; asks nobody.
   *
   * @param folder where it is kept; it may not be there yet
   */
  public static RefreshedTrustRoots open(TufRepository repository, Path folder) {
    return open(repository, folder, System::nanoTime);
  }

  static RefreshedTrustRoots open(TufRepository repository, Path folder, LongSupplier nanoTime) {
    return new RefreshedTrustRoots(repository, folder, nanoTime);
  }

  /** Whether the repository is to be asked: daily, and an hour after a try that failed. */
  public synchronized boolean isDue(Instant now) {
    return !isWithin(kept == null ? null : kept.confirmed(), EVERY, now)
        && !isWithin(lastTry == null ? null : lastTry.at(), AGAIN, now);
  }

  /** A moment to come is that of a clock that was wrong. */
  private static boolean isWithin(@Nullable Instant moment, Duration time, Instant now) {
    return moment != null && !moment.isAfter(now) && now.isBefore(moment.plus(time));
  }

  /**
   * Asks the repository, if it is due.
   *
   * @param patience how long all of it may take
   */
  public RefreshOutcome refresh(Outbound outbound, Duration patience, Instant now) {
    if (!isDue(now)) {
      return new RefreshOutcome.NotDue();
    }
    KeptTrustRoot before = known();
    try {
      // Before anything is asked: what cannot be kept is not worth a question.
      store(new LastTry(now, "the last refresh was broken off"));
      KeptTrustRoot fresh =
          TrustRootUpdate.update(repository, before, outbound, patience, nanoTime, now);
      Sha256 old = fingerprint();
      store(fresh);
      return new RefreshOutcome.Confirmed(now, !old.equals(fingerprint()));
    } catch (RefreshException e) {
      return failed(e, now);
    }
  }

  private RefreshOutcome failed(RefreshException e, Instant now) {
    String why =
        switch (e.fault()) {
          case NOT_STORED -> String.valueOf(e.getMessage());
          case UNREACHABLE ->
              "%s could not be asked: %s".formatted(repository.address(), e.getMessage());
          case ROLLBACK, EXPIRED, UNSIGNED, WRONG_HASH, TOO_LARGE, MALFORMED, MISSING ->
              "what %s gives is refused (%s): %s"
                  .formatted(repository.address(), e.fault().text(), e.getMessage());
        };
    LastTry failed = new LastTry(now, why);
    try {
      store(failed);
    } catch (RefreshException _) {
      // It was said to be tried before it was; only the reason is lost, which is given back here.
      remember(failed);
    }
    return new RefreshOutcome.Failed(e.fault(), why);
  }

  private synchronized @Nullable KeptTrustRoot known() {
    return kept;
  }

  private synchronized void remember(LastTry failed) {
    lastTry = failed;
    made = null;
  }

  private synchronized void store(LastTry tried) throws RefreshException {
    try {
      remember(tried);
      tried.write(tryFile);
    } catch (IOException e) {
      throw notStored(tryFile, e);
    }
  }

  private synchronized void store(KeptTrustRoot fresh) throws RefreshException {
    try {
      fresh.write(file);
      kept = fresh;
      lastTry = null;
      made = null;
      Files.deleteIfExists(tryFile);
    } catch (IOException e) {
      throw notStored(file, e);
    }
  }

  private static RefreshException notStored(Path where, IOException e) {
    return new RefreshException(
        RefreshFault.NOT_STORED,
        "could not write %s: %s"
            .formatted(
                Printable.of(where.toString(), 200),
                Printable.of(e.getClass().getSimpleName() + " " + e.getMessage(), 200)),
        e);
  }

  @Override
  public synchronized Sha256 fingerprint() {
    KeptTrustRoot now = kept;
    return now == null || isOlderThanBuiltIn(now)
        ? builtIn.fingerprint()
        : Sha256.digest(now.json().bytes());
  }

  @Override
  public synchronized TrustRoot root() {
    TrustRoot known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private TrustRoot make() {
    String note = lastTry == null ? null : "not refreshed: " + lastTry.why();
    KeptTrustRoot now = kept;
    if (now == null || isOlderThanBuiltIn(now)) {
      return builtIn.root().named("built in", note);
    }
    String name =
        "as TUF confirmed it on " + now.confirmed().atOffset(ZoneOffset.UTC).toLocalDate();
    try {
      return TrustRoot.read(now.json().bytes(), name).named(name, note);
    } catch (TrustRootException _) {
      // Somebody altered the file: the next refresh writes it anew.
      kept = null;
      return builtIn.root().named("built in", "what was kept of a newer one cannot be read");
    }
  }

  /** Of a newer program than the one that refreshed. */
  private static boolean isOlderThanBuiltIn(KeptTrustRoot kept) {
    return kept.confirmed().isBefore(TrustRoot.BUILT_IN_DATE);
  }
}
