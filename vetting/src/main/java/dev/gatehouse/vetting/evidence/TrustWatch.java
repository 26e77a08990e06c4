package dev.gatehouse.vetting.evidence;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.provenance.refresh.RefreshOutcome;
import dev.gatehouse.provenance.refresh.RefreshedTrustRoots;
import dev.gatehouse.provenance.verification.TrustRoots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has the trusted root refreshed in the background, where that is asked for. */
public final class TrustWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TrustWatch.class.getName());

  /** How often it is looked whether it is due. */
  private static final Duration TICK = Duration.ofMinutes(5);

  /** Nobody waits for it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TrustRoots roots;
  private final @Nullable RefreshedTrustRoots refreshed;
  private final Outbound outbound;
  private final InstantSource clock;
  private @Nullable ScheduledFuture<?> ticks;

  private TrustWatch(
      TrustRoots roots,
      @Nullable RefreshedTrustRoots refreshed,
      Outbound outbound,
      InstantSource clock) {
    this.roots = roots;
    this.refreshed = refreshed;
    this.outbound = outbound;
    this.clock = clock;
  }

  /**
   * Opens what is known; asks nobody.
   *
   * @param folder where a refreshed root is kept
   */
  public static TrustWatch open(
      TrustSettings settings, Outbound outbound, Path folder, InstantSource clock) {
    return switch (settings) {
      case TrustSettings.Fixed(TrustRoots roots) -> new TrustWatch(roots, null, outbound, clock);
      case TrustSettings.Refreshed(var repository) -> {
        RefreshedTrustRoots refreshed = RefreshedTrustRoots.open(repository, folder);
        yield new TrustWatch(refreshed, refreshed, outbound, clock);
      }
    };
  }

  /** Whom attestations are believed by. */
  public TrustRoots roots() {
    return roots;
  }

  /**
   * Refreshes from now on, where that is asked for.
   *
   * @param executor runs it; it may take it a minute
   */
  public void start(ScheduledExecutorService executor) {
    if (refreshed != null) {
      RefreshedTrustRoots followed = refreshed;
      ticks =
          executor.scheduleWithFixedDelay(
              () -> tick(followed), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Never throws: a tick that failed must not be the last one. */
  private void tick(RefreshedTrustRoots followed) {
    try {
      switch (followed.refresh(outbound, PATIENCE, clock.instant())) {
        case RefreshOutcome.NotDue _ -> {}
        case RefreshOutcome.Confirmed(_, boolean changed) -> {
          if (changed) {
            LOG.log(
                Level.INFO,
                "The trusted root of attestations is a newer one, {0}",
                followed.fingerprint());
          }
        }
        case RefreshOutcome.Failed(_, String message) ->
            LOG.log(
                Level.WARNING,
                "Could not refresh the trusted root of attestations; the last good one stays in"
                    + " use, and the next try is in 1 h: {0}",
                message);
      }
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "Could not refresh the trusted root of attestations; the last good one stays in use",
          e);
    }
  }

  /** Ends the refreshing. */
  @Override
  public void close() {
    if (ticks != null) {
      ticks.cancel(true);
    }
  }
}
