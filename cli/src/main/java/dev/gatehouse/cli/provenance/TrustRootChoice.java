package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.configuration.SigstoreSettings;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.provenance.refresh.RefreshedTrustRoots;
import dev.gatehouse.provenance.refresh.TufRepository;
import dev.gatehouse.provenance.verification.TrustRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The trusted root of one run: the file that was named, or the newest that is known of the public
 * instance's, which may be asked for a newer one first.
 *
 * @param settings which file counts, and whether anybody is asked
 * @param repository the instance's
 * @param folder where what it gave is kept
 * @param outbound the way to it
 */
record TrustRootChoice(
    SigstoreSettings settings,
    Supplier<TufRepository> repository,
    Path folder,
    OutboundSettings outbound) {
  /** A verification must not seem to hang; what comes later is had in an hour. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  TrustRoot read(Instant now) throws IOException {
    Path file = settings.trustedRoot();
    if (file != null) {
      return TrustRootFile.read(file);
    }
    RefreshedTrustRoots roots = RefreshedTrustRoots.open(repository.get(), folder);
    if (settings.refresh() && roots.isDue(now)) {
      try (Outbound way = new Outbound(outbound)) {
        // What came of it is said with the root.
        var _ = roots.refresh(way, PATIENCE, now);
      }
    }
    return roots.root();
  }
}
