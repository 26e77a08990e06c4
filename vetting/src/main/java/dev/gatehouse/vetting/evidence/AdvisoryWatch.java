package dev.gatehouse.vetting.evidence;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.AdvisoryFeed;
import dev.gatehouse.advisories.FeedReading;
import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a source of advisories. What could not be read changes nothing: the last good state stays
 * in force and grows old, which is said.
 */
public final class AdvisoryWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AdvisoryWatch.class.getName());

  /** How often it is looked whether the source is to be asked, and whether the state is stale. */
  private static final Duration TICK = Duration.ofSeconds(10);

  private final AdvisorySettings settings;
  private final AdvisoryFeed feed;
  private final InstantSource clock;
  private final Incidents incidents;
  private final ScheduledExecutorService ticking;
  private volatile Duration staleAfter;
  private volatile Known known;
  private volatile Consumer<Known> onChange = _ -> {};
  private Advisories advisories = Advisories.none();
  private @Nullable Instant asOf;
  private Instant nextAsk = Instant.MIN;

  private AdvisoryWatch(
      AdvisorySettings settings,
      Duration staleAfter,
      Outbound outbound,
      Path folder,
      InstantSource clock) {
    this.settings = settings;
    this.staleAfter = staleAfter;
    this.feed = new AdvisoryFeed(outbound, folder, clock);
    this.clock = clock;
    this.incidents = settings.builtIn() ? Incidents.builtIn() : Incidents.none();
    this.ticking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("advisories").factory());
    recall();
    this.known = state();
  }

  /**
   * Opens the watch with what is on this machine: a file or folder is read now, of an address what
   * is remembered. {@link #start} then follows the source.
   *
   * @param staleAfter how old what is known may be before it counts as stale
   * @param folder where what an address gave is remembered
   */
  public static AdvisoryWatch open(
      AdvisorySettings settings,
      Duration staleAfter,
      Outbound outbound,
      Path folder,
      InstantSource clock) {
    return new AdvisoryWatch(settings, staleAfter, outbound, folder, clock);
  }

  /**
   * Follows the source from now on.
   *
   * @param change told of another state, by the watch's own thread
   */
  public void start(Consumer<Known> change) {
    onChange = change;
    var _ = ticking.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is known now. */
  public Known known() {
    return known;
  }

  /** Puts another limit in force. */
  public void staleAfter(Duration limit) {
    staleAfter = limit;
    publish();
  }

  /** Never throws: a tick that failed must not be the last one. */
  private void tick() {
    try {
      if (settings.source() != null && !clock.instant().isBefore(nextAsk)) {
        ask();
      }
      publish();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Could not follow the advisories; the last good ones are in force", e);
    }
  }

  /** Asks the source now, whether or not it is time. */
  public synchronized void ask() {
    String source = Objects.requireNonNull(settings.source());
    nextAsk = clock.instant().plus(settings.refresh());
    try {
      if (isAddress(source)) {
        FeedReading reading = feed.read(URI.create(source));
        take(reading.advisories(), reading.confirmed());
        if (reading.fault() != null) {
          LOG.log(Level.WARNING, "{0} Those of {1} stay in force.", reading.fault(), asOf);
        }
      } else {
        readFile(source);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "Could not read the advisories of {0}: {1}. {2}",
          source,
          e.getMessage(),
          asOf == null
              ? "None are known from before; mend [advisories] source."
              : "Those of " + asOf + " stay in force.");
    }
  }

  private static boolean isAddress(String source) {
    return source.startsWith("https://") || source.startsWith("http://");
  }

  private synchronized void recall() {
    String source = settings.source();
    if (source == null) {
      return;
    }
    try {
      if (isAddress(source)) {
        FeedReading reading = feed.remembered(URI.create(source));
        take(reading.advisories(), reading.confirmed());
      } else {
        readFile(source);
        nextAsk = clock.instant().plus(settings.refresh());
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "No advisories of {0} are at hand yet: {1}", source, e.getMessage());
    }
  }

  /** A file says by its newest record how old it is: whoever copied it here may have stopped. */
  private void readFile(String source) throws IOException {
    Advisories read = Advisories.read(Path.of(source));
    take(read, read.newest().orElse(null));
  }

  private void take(Advisories read, @Nullable Instant confirmed) {
    advisories = read;
    asOf = confirmed;
    read.unread()
        .forEach(
            record ->
                LOG.log(
                    Level.WARNING,
                    "Could not read an advisory in {0}: {1}",
                    record.where(),
                    record.why()));
  }

  private synchronized void publish() {
    Known now = state();
    Known before = known;
    if (!now.id().equals(before.id())
        || (now.stale() == null) != (before.stale() == null)
        || !Objects.equals(now.asOf(), before.asOf())) {
      known = now;
      if (now.stale() != null && before.stale() == null) {
        LOG.log(Level.WARNING, "New files are held: {0}", now.stale());
      }
      onChange.accept(now);
    }
  }

  private Known state() {
    Sha256 id = advisories.fingerprint();
    return new Known(new KnownBad(advisories, incidents), id, advisories.size(), asOf, staleness());
  }

  private @Nullable String staleness() {
    if (settings.source() == null) {
      return null;
    }
    if (asOf == null) {
      return "no advisories could be read yet, so that new malware would not be known";
    }
    Duration age = Duration.between(asOf, clock.instant());
    return age.compareTo(staleAfter) <= 0
        ? null
        : "the advisories are of %s, so that new malware might not be known"
            .formatted(asOf.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Ends the following. */
  @Override
  public void close() {
    ticking.shutdownNow();
  }
}
