package dev.gatehouse.index;

import dev.gatehouse.inbound.HttpFront;
import dev.gatehouse.inbound.Listener;
import dev.gatehouse.inbound.Parts;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.index.gate.AheadOfDemand;
import dev.gatehouse.index.gate.Attestations;
import dev.gatehouse.index.gate.Vetter;
import dev.gatehouse.index.gate.VettingMetrics;
import dev.gatehouse.index.http.ErrorAnswers;
import dev.gatehouse.index.http.Routes;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.Mirror;
import dev.gatehouse.index.notice.RecallNotices;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.PolicyReading;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.AddressFile;
import dev.gatehouse.store.DataFolder;
import dev.gatehouse.store.DataFolderInUseException;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.FileBlobStore;
import dev.gatehouse.store.PrivateFiles;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamRoutes;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.upstream.Upstreams;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.record.Snapshot;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;

/** The private index, running: made by {@link #start}, ended by {@link #close}. */
public final class IndexServer implements AutoCloseable {
  /**
   * How long a client waits for the confirmation of a page that is known. pip gives up after 15 s
   * and asks for many pages in turn; what an upstream answers later is there for the next one.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a stop lets fetches come to their end: what has arrived is still kept. */
  private static final Duration FINISHING = Duration.ofSeconds(2);

  /** How long it then waits for them to notice that nobody wants them any more. */
  private static final Duration BREAKING_OFF = Duration.ofSeconds(5);

  /** Recording, following the advisories, telling of recalls, vetting ahead of demand. */
  private static final int BACKGROUND_THREADS = 4;

  private static final Duration LOOK_FOR_RECALLS = Duration.ofSeconds(2);
  private static final Duration LOOK_AHEAD = Duration.ofMinutes(30);

  private static final Logger LOG = System.getLogger(IndexServer.class.getName());

  private final Parts parts = new Parts();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<UpstreamSettings> upstreamSettings;
  private final List<Upstream> upstreams;
  private final Mirror mirror;
  private final Vetting vetting;
  private final Listings listings;
  private final URI address;

  private IndexServer(
      IndexSettings settings,
      Policy policy,
      VettingSettings vettingSettings,
      List<UpstreamSettings> upstreamSettings,
      OutboundSettings outboundSettings,
      PolicyReading policies,
      Clock clock)
      throws IOException {
    this.upstreamSettings = List.copyOf(upstreamSettings);
    try {
      DataFolder folder = parts.add(DataFolder.open(settings.data()));
      Database database = parts.add(SqliteDatabase.open(folder.database()));
      FileBlobStore blobs = FileBlobStore.open(folder.blobs(), folder.staging());
      Outbound outbound = parts.add(new Outbound(outboundSettings));
      this.upstreams = open(upstreamSettings, outbound);
      ExecutorService waiting = virtualThreads("upstream-");
      parts.add(() -> stop(waiting));
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      parts.add(metrics::close);
      this.mirror = Mirror.open(database, blobs, routes(policy), clock, PATIENCE, waiting, metrics);
      ScheduledExecutorService background =
          Executors.newScheduledThreadPool(
              BACKGROUND_THREADS, Thread.ofPlatform().daemon().name("vetting-", 0).factory());
      parts.add(() -> end(background));
      this.vetting =
          Vetting.open(
              database,
              vettingSettings,
              policy,
              outbound,
              folder.path().resolve("advisories"),
              clock,
              background);
      parts.add(vetting);
      vetting.start(recalled -> LOG.log(Level.WARNING, "Recalled {0}", recalled));
      this.listings = new Listings(mirror, vetting, this::isFolder, clock);
      Attestations attestations = new Attestations(mirror.artifacts(), vetting, waiting);
      Vetter vetter = new Vetter(mirror.artifacts(), attestations, vetting, metrics);
      VettingMetrics.register(vetting, clock, metrics);
      Secret webhook = settings.people().webhook();
      if (webhook != null) {
        RecallNotices notices = RecallNotices.open(database, vetting, outbound, webhook, clock);
        every(LOOK_FOR_RECALLS, background, notices::look);
      }
      if (settings.vetAhead()) {
        every(LOOK_AHEAD, background, new AheadOfDemand(listings, vetter, vetting)::look);
      }
      Clients clients = Clients.open(database, clock, new SecureRandom(), folder.adminToken());
      Handler routes =
          Routes.handler(
              settings,
              clients,
              listings,
              mirror.artifacts(),
              vetter,
              attestations,
              vetting,
              policies,
              vettingSettings.program(),
              clock,
              metrics,
              () -> isReadable(database));
      Path logs = folder.path().resolve("logs");
      PrivateFiles.createFolders(logs);
      HttpFront front =
          parts.add(
              HttpFront.open(
                  new Listener(settings.listen(), settings.tls(), logs, true, Routes.SURFACES),
                  routes,
                  new ErrorAnswers(),
                  clock,
                  metrics));
      this.address = front.address(settings.listen());
      parts.add(AddressFile.write(folder, address));
    } catch (IOException | RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  /**
   * Starts an index.
   *
   * @param vetting what a start decides about the vetting
   * @param upstreams where artifacts come from; no two may claim the same project
   * @param policies reads a policy that is to be tried
   * @throws IndexStartException where it cannot be; nothing is left open then
   */
  public static IndexServer start(
      IndexSettings settings,
      Policy policy,
      VettingSettings vetting,
      List<UpstreamSettings> upstreams,
      OutboundSettings outbound,
      PolicyReading policies,
      Clock clock)
      throws IndexStartException {
    try {
      return new IndexServer(settings, policy, vetting, upstreams, outbound, policies, clock);
    } catch (DataFolderInUseException e) {
      throw new IndexStartException(false, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IndexStartException(true, String.valueOf(e.getMessage()), e);
    } catch (IOException | StoreException e) {
      throw new IndexStartException(
          false,
          e.getCause() instanceof BindException taken
              ? "Could not listen on %s:%d: %s. Stop whatever listens there, or choose another address with --listen."
                  .formatted(
                      settings.listen().getHostString(),
                      settings.listen().getPort(),
                      taken.getMessage())
              : "Could not start the index on %s with the data folder %s: %s"
                  .formatted(settings.listen(), settings.data(), e.getMessage()),
          e);
    }
  }

  private static List<Upstream> open(List<UpstreamSettings> settings, Outbound outbound) {
    List<Upstream> upstreams = new ArrayList<>();
    for (UpstreamSettings upstream : settings) {
      upstreams.add(Upstreams.open(upstream, outbound));
    }
    return List.copyOf(upstreams);
  }

  /** None of the works throws; each ends when the threads do. */
  private static void every(Duration time, ScheduledExecutorService background, Runnable work) {
    var _ =
        background.scheduleWithFixedDelay(
            work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The store must not be closed under what is still being written to it. */
  private static void end(ScheduledExecutorService background) throws InterruptedException {
    background.shutdownNow();
    if (!background.awaitTermination(BREAKING_OFF.toSeconds(), TimeUnit.SECONDS)) {
      LOG.log(
          Level.WARNING, "Work in the background did not break off; the stop goes on without it");
    }
  }

  private UpstreamRoutes routes(Policy policy) {
    return UpstreamRoutes.of(upstreamSettings, upstreams, policy.privateNames());
  }

  /** Whoever filled a folder decided what lies in it, and a file's age there says nothing. */
  private boolean isFolder(String upstream) {
    return upstreamSettings.stream()
        .anyMatch(
            settings ->
                settings.name().equals(upstream) && settings.url().getScheme().equals("file"));
  }

  private static boolean isReadable(Database database) {
    try {
      return database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one())
          == 1;
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "The store cannot be read", e);
      return false;
    }
  }

  private static ExecutorService virtualThreads(String name) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name, 0).factory());
  }

  /** By now no client waits for what is still being fetched. */
  private static void stop(ExecutorService fetching) throws InterruptedException {
    fetching.shutdown();
    if (fetching.awaitTermination(FINISHING.toSeconds(), TimeUnit.SECONDS)) {
      return;
    }
    fetching.shutdownNow();
    if (!fetching.awaitTermination(BREAKING_OFF.toSeconds(), TimeUnit.SECONDS)) {
      LOG.log(Level.WARNING, "An upstream's answer did not break off; the stop goes on without it");
    }
  }

  /** Where it listens, as a client on this machine reaches it, ending in a slash. */
  public URI address() {
    return address;
  }

  /** Puts another policy in force: for every surface, from the next request on. */
  public void apply(Policy policy) {
    mirror.pages().apply(routes(policy));
    vetting.apply(policy, "configuration");
  }

  /** The name of the snapshot that is served alone; empty: all that is admitted is served. */
  public Optional<String> snapshotInUse() {
    return Optional.ofNullable(vetting.snapshots().inUse()).map(Snapshot::toString);
  }

  /** Blocks until the server was closed. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Takes no new requests, finishes running downloads for up to 30 s, and closes everything. */
  @Override
  public void close() throws IOException {
    try {
      parts.close();
    } finally {
      stopped.countDown();
    }
  }
}
