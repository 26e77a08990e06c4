package dev.gatehouse.vetting.evidence;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.AdvisoryFeed;
import dev.gatehouse.advisories.FeedReading;
import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.outbound.Outbound;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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

  /** The records that were read last, and when their source last said that they are its newest. */
  private record Read(Advisories records, @Nullable Instant asOf) {}

  private volatile Duration staleAfter;
  private volatile Known known;
  private volatile Consumer<Known> onChange = _ -> {};
  private volatile Read read = new Read(Advisories.none(), null);

  /** Only used by the one that follows. */
  private Instant nextAsk = Instant.MIN;

  private @Nullable ScheduledFuture<?> ticks;

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
   * @param executor runs it; asking the source may take it minutes
   * @param change told of another state, by whoever noticed it
   */
  public void start(ScheduledExecutorService executor, Consumer<Known> change) {
    onChange = change;
    ticks = executor.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is known now. */
  public Known known() {
    return known;
  }

  /** The file or folder that the records were read from; empty: there is none yet. */
  public Optional<Path> file() {
    String source = settings.source();
    if (source == null) {
      return Optional.empty();
    }
    return isAddress(source)
        ? feed.file(URI.create(source))
        : Optional.of(Path.of(source)).filter(Files::exists);
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

  /** Without a lock: whoever puts a policy in force must not wait for a slow source. */
  private void ask() {
    String source = Objects.requireNonNull(settings.source());
    nextAsk = clock.instant().plus(settings.refresh());
    try {
      if (isAddress(source)) {
        FeedReading reading = feed.read(URI.create(source));
        take(reading.advisories(), reading.confirmed());
        if (reading.fault() != null) {
          LOG.log(Level.WARNING, "{0} Those of {1} stay in force.", reading.fault(), read.asOf());
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
          read.asOf() == null
              ? "None are known from before; mend [advisories] source."
              : "Those of " + read.asOf() + " stay in force.");
    }
  }

  private static boolean isAddress(String source) {
    return source.startsWith("https://") || source.startsWith("http://");
  }

  private void recall() {
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
      LOG.log(
          Level.WARNING,
          "No advisories of {0} are at hand yet ({1}): files are held until they are",
          source,
          e.getMessage());
    }
  }

  /** A file says by its newest record how old it is: whoever copied it here may have stopped. */
  private void readFile(String source) throws IOException {
    Advisories records = Advisories.read(Path.of(source));
    records.checkReplaces(read.records());
    take(records, records.newest().orElse(null));
  }

  private void take(Advisories records, @Nullable Instant confirmed) {
    if (!records.fingerprint().equals(read.records().fingerprint())) {
      LOG.log(Level.INFO, "{0} advisories, as of {1}", records.size(), confirmed);
    }
    read = new Read(records, confirmed);
    records
        .unread()
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
    Read now = read;
    return new Known(
        new KnownBad(now.records(), incidents),
        now.records().fingerprint(),
        now.records().size(),
        now.asOf(),
        staleness(now.asOf()));
  }

  private @Nullable String staleness(@Nullable Instant asOf) {
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
    if (ticks != null) {
      ticks.cancel(true);
    }
  }
}
