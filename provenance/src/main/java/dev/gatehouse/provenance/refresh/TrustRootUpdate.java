package dev.gatehouse.provenance.refresh;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.provenance.attestation.Octets;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRootException;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.DuplicateKeyIdsException;
import dev.sigstore.tuf.FileExceedsMaxLengthException;
import dev.sigstore.tuf.FileNotFoundException;
import dev.sigstore.tuf.InvalidHashesException;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.RoleExpiredException;
import dev.sigstore.tuf.RollbackVersionException;
import dev.sigstore.tuf.SignatureVerificationException;
import dev.sigstore.tuf.SnapshotTargetMissingException;
import dev.sigstore.tuf.SnapshotTargetVersionException;
import dev.sigstore.tuf.SnapshotVersionMismatchException;
import dev.sigstore.tuf.TargetMetadataMissingException;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import dev.sigstore.tuf.encryption.Verifiers;
import dev.sigstore.tuf.model.Timestamp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks a repository once for its newest trusted root, by sigstore-java's TUF client. */
final class TrustRootUpdate {
  /** The target that is wanted, and the only one that is fetched. */
  static final String TARGET = "trusted_root.json";

  /** Kept, since loggers that nobody holds are forgotten with their level. */
  private static final Logger LIBRARY = Logger.getLogger(Updater.class.getName());

  static {
    // It would print the stack trace of each signature that is none: one clause says it here.
    LIBRARY.setLevel(Level.OFF);
  }

  private TrustRootUpdate() {}

  /**
   * Updates in memory.
   *
   * @param kept what nothing older is taken than; null: trust begins with the repository's root
   * @throws RefreshException where anything of it does not hold
   */
  static KeptTrustRoot update(
      TufRepository repository,
      @Nullable KeptTrustRoot kept,
      Outbound outbound,
      Duration patience,
      LongSupplier nanoTime,
      Instant now)
      throws RefreshException {
    long end = nanoTime.getAsLong() + patience.toNanos();
    try {
      TufMemory memory = TufMemory.of(kept);
      Updater updater =
          Updater.builder()
              .setClock(Clock.fixed(now, ZoneOffset.UTC))
              .setVerifiers(Verifiers::newVerifier)
              .setTrustedRootPath(repository::root)
              .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(memory))
              .setTargetStore(memory)
              .setMetaFetcher(
                  MetaFetcher.newFetcher(
                      new TufFetcher(outbound, repository.address(), nanoTime, end)))
              .setTargetFetcher(
                  new TufFetcher(outbound, repository.address().resolve("targets/"), nanoTime, end))
              .build();
      updater.updateMeta();
      requireCurrent(memory, now);
      updater.downloadTarget(TARGET);
      byte[] json = memory.readTarget(TARGET);
      requireUsable(json, now);
      return new KeptTrustRoot(
          now,
          memory.text("root"),
          memory.text("timestamp"),
          memory.text("snapshot"),
          Octets.of(json));
    } catch (IOException | JsonParseException | RuntimeException e) {
      throw failed(e);
    }
  }

  /**
   * The library (2.0) takes the time stamp that it knows already without looking at its end (TUF
   * 1.0, 5.4.4): whoever holds newer ones back would do so for ever.
   */
  private static void requireCurrent(TufMemory memory, Instant now)
      throws JsonParseException, RefreshException {
    Instant end =
        memory
            .readMeta("timestamp", Timestamp.class)
            .orElseThrow()
            .getSignedMeta()
            .getExpiresAsDate()
            .toInstant();
    if (!now.isBefore(end)) {
      throw new RefreshException(RefreshFault.EXPIRED, "what it gives has ended on " + end, null);
    }
  }

  private static void requireUsable(byte[] json, Instant now) throws RefreshException {
    try {
      TrustRoot root = TrustRoot.read(json, TARGET);
      if (root.end().isBefore(now)) {
        throw new RefreshException(
            RefreshFault.EXPIRED, "its last certificate authority ended on " + root.end(), null);
      }
    } catch (TrustRootException e) {
      throw new RefreshException(RefreshFault.MALFORMED, String.valueOf(e.getMessage()), e);
    }
  }

  /** The library's exceptions, some of which say nothing fit for a person. */
  private static RefreshException failed(Exception e) {
    return switch (e) {
      case TufFetcher.Failure failure ->
          new RefreshException(failure.fault(), text(failure), failure);
      case RollbackVersionException rollback ->
          new RefreshException(
              RefreshFault.ROLLBACK,
              "it gives version %d where %d is known"
                  .formatted(rollback.getFoundVersion(), rollback.getCurrentVersion()),
              rollback);
      case SnapshotVersionMismatchException _,
          SnapshotTargetVersionException _,
          SnapshotTargetMissingException _ ->
          new RefreshException(
              RefreshFault.ROLLBACK, "its parts are not of the versions that it names", e);
      case RoleExpiredException expired ->
          new RefreshException(
              RefreshFault.EXPIRED,
              "what it gives has ended on " + expired.getRoleExpirationTime().toInstant(),
              expired);
      case SignatureVerificationException unsigned ->
          new RefreshException(
              RefreshFault.UNSIGNED,
              "%d of %d signatures hold"
                  .formatted(unsigned.getVerifiedSignatures(), unsigned.getRequiredSignatures()),
              unsigned);
      case DuplicateKeyIdsException _ ->
          new RefreshException(RefreshFault.UNSIGNED, "one key signs twice", e);
      case InvalidHashesException _ ->
          new RefreshException(
              RefreshFault.WRONG_HASH, "it gives other bytes than those that are signed for", e);
      case FileExceedsMaxLengthException _ ->
          new RefreshException(RefreshFault.TOO_LARGE, "its answer is too large", e);
      case FileNotFoundException _, TargetMetadataMissingException _ ->
          new RefreshException(RefreshFault.MISSING, "it lacks a file that has to be there", e);
      default ->
          new RefreshException(
              RefreshFault.MALFORMED, "it gives what cannot be read: " + text(e), e);
    };
  }

  private static String text(Exception e) {
    return Printable.of(String.valueOf(e.getMessage()), 200);
  }
}
