package dev.gatehouse.gateway;

import dev.gatehouse.gateway.admin.AdminApi;
import dev.gatehouse.gateway.admin.AdminFront;
import dev.gatehouse.gateway.admin.AdminTokens;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Upkeep;
import dev.gatehouse.gateway.inference.Catalog;
import dev.gatehouse.gateway.inference.InferenceFront;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.price.PriceTable;
import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.provider.StreamBounds;
import dev.gatehouse.gateway.routing.Health;
import dev.gatehouse.gateway.secret.FileKey;
import dev.gatehouse.gateway.secret.HeldKeys;
import dev.gatehouse.gateway.secret.KeyEncryptionKey;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.secret.ProviderKeys;
import dev.gatehouse.gateway.secret.SecretException;
import dev.gatehouse.gateway.secret.StoredKeys;
import dev.gatehouse.gateway.secret.Vault;
import dev.gatehouse.gateway.secret.VaultSettings;
import dev.gatehouse.gateway.secret.VaultTransitKey;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.inbound.HttpFront;
import dev.gatehouse.inbound.Listener;
import dev.gatehouse.inbound.Parts;
import dev.gatehouse.inbound.Peers;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.store.AddressFile;
import dev.gatehouse.store.DataFolder;
import dev.gatehouse.store.DataFolderInUseException;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PrivateFiles;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.store.audit.AuditLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The LLM gateway, running: made by {@link #start}, ended by {@link #close}. */
public final class GatewayServer implements AutoCloseable {
  /** Each stream has a connection of its own. */
  private static final int CONNECTIONS_A_PROVIDER = 4096;

  /** How many may wait to be logged: far more than the time of a transaction brings. */
  private static final int MOST_ALARMS = 10_000;

  private static final Duration BREAKING_OFF = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(GatewayServer.class.getName());

  private final Parts parts = new Parts();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final PriceTable prices = PriceTable.builtIn();
  private final URI address;
  private final URI adminAddress;
  private final HeldKeys keys;
  private volatile Catalog catalog;

  private GatewayServer(
      GatewaySettings settings,
      Path folderOfFiles,
      OutboundSettings outboundSettings,
      Clock clock,
      StreamBounds bounds)
      throws IOException {
    this.catalog = new Catalog(settings.models(), prices);
    Map<String, String> environment = outboundSettings.environment();
    try {
      SecureRandom random = new SecureRandom();
      DataFolder folder = parts.add(DataFolder.open(settings.data()));
      Database database = parts.add(SqliteDatabase.open(folder.database()));
      AuditLog audit = AuditLog.open(database);
      Outbound outbound =
          parts.add(new Outbound(outboundSettings.withConnections(CONNECTIONS_A_PROVIDER)));
      Accounting accounting =
          parts.add(
              Accounting.open(database, folder.path().resolve("usage"), clock, System::nanoTime));
      parts.add(Upkeep.start(accounting));
      Owners owners = Owners.open(database, audit, accounting, clock);
      Keys keys = Keys.open(database, audit, accounting, owners, clock, random);
      Optional<Vault> vault = VaultSettings.fromEnvironment(environment, folderOfFiles, outbound);
      StoredKeys stored =
          StoredKeys.open(
              database,
              audit,
              inUse ->
                  keyEncryptionKey(settings.keyEncryption(), folder.path(), inUse, vault, random),
              clock,
              random);
      ProviderKeys secrets =
          new ProviderKeys(environment, folderOfFiles, stored, vault.orElse(null));
      HeldKeys held = parts.add(new HeldKeys(secrets, clock));
      this.keys = held;
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      parts.add(metrics::close);
      Path logs = folder.path().resolve("logs");
      PrivateFiles.createFolders(logs);
      Path adminLogs = logs.resolve("admin");
      PrivateFiles.createFolders(adminLogs);
      Health health = new Health(System::nanoTime, random);
      AlarmWebhook webhook = null;
      if (settings.alarmWebhook() != null) {
        webhook =
            new AlarmWebhook(
                outbound,
                held.get("alarm-webhook", settings.alarmWebhook()),
                Later.onThread("alarm-webhook", BREAKING_OFF),
                metrics);
        parts.add(webhook::end);
      }
      ExecutorService telling =
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(MOST_ALARMS),
              Thread.ofPlatform().daemon().name("alarms").factory());
      parts.add(() -> end(telling));
      HttpFront front =
          parts.add(
              HttpFront.open(
                  new Listener(
                      settings.listen(), settings.tls(), logs, false, InferenceFront.SURFACES),
                  InferenceFront.handler(
                      keys,
                      new Alarms(metrics, audit, webhook, telling),
                      accounting,
                      new Peers(settings.trustedProxies()),
                      () -> catalog,
                      new ProviderClient(outbound, held::get, clock, bounds),
                      health,
                      Thread::sleep,
                      random,
                      () -> isReadable(database),
                      clock),
                  InferenceFront.errors(),
                  clock,
                  metrics));
      this.address = front.address(settings.listen());
      AdminTokens tokens = AdminTokens.open(database, audit, clock, random, folder.adminToken());
      AdminApi api =
          new AdminApi(
              keys,
              owners,
              accounting,
              stored,
              tokens,
              audit,
              new ServedModels(() -> catalog.table(), health, held),
              clock,
              () -> isReadable(database));
      HttpFront adminFront =
          parts.add(
              HttpFront.open(
                  new Listener(
                      settings.adminListen(),
                      settings.tls(),
                      adminLogs,
                      false,
                      AdminFront.SURFACES),
                  new AdminFront(
                      api, tokens, settings.adminListen(), metrics, () -> isReadable(database)),
                  AdminFront.errors(),
                  clock,
                  metrics));
      this.adminAddress = adminFront.address(settings.adminListen());
      parts.add(AddressFile.write(folder, adminAddress));
    } catch (IOException | RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  /**
   * Starts a gateway.
   *
   * @param folder where relative paths in the configuration start
   * @throws GatewayStartException where it cannot be; nothing is left open then
   */
  public static GatewayServer start(
      GatewaySettings settings, Path folder, OutboundSettings outbound, Clock clock)
      throws GatewayStartException {
    return start(settings, folder, outbound, clock, StreamBounds.USUAL);
  }

  /** Starts a gateway that cuts streams off elsewhere. */
  public static GatewayServer start(
      GatewaySettings settings,
      Path folder,
      OutboundSettings outbound,
      Clock clock,
      StreamBounds bounds)
      throws GatewayStartException {
    try {
      return new GatewayServer(settings, folder, outbound, clock, bounds);
    } catch (DataFolderInUseException e) {
      throw new GatewayStartException(false, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new GatewayStartException(true, String.valueOf(e.getMessage()), e);
    } catch (IOException | StoreException e) {
      throw new GatewayStartException(
          false,
          e.getCause() instanceof BindException taken
              ? "Could not listen on %s or %s: %s. Stop whatever listens there, or choose other addresses with --listen and --admin-listen."
                  .formatted(
                      text(settings.listen()), text(settings.adminListen()), taken.getMessage())
              : "Could not start the gateway with the data folder %s: %s"
                  .formatted(settings.data(), e.getMessage()),
          e);
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static KeyEncryptionKey keyEncryptionKey(
      KeyEncryption how, Path folder, boolean inUse, Optional<Vault> vault, SecureRandom random)
      throws SecretException {
    return switch (how) {
      case KeyEncryption.InFile _ ->
          FileKey.open(folder.resolve("key-encryption-key"), inUse, random);
      case KeyEncryption.VaultTransit transit ->
          new VaultTransitKey(
              vault.orElseThrow(
                  () ->
                      new SecretException(
                          "key-encryption names Vault, and no Vault is set up. Set VAULT_ADDR and VAULT_TOKEN.")),
              transit.mount(),
              transit.key());
    };
  }

  /** What is still to be told is told, for a while. */
  private static void end(ExecutorService telling) throws InterruptedException {
    telling.shutdown();
    if (!telling.awaitTermination(BREAKING_OFF.toSeconds(), TimeUnit.SECONDS)) {
      telling.shutdownNow();
      LOG.log(Level.WARNING, "Not every alarm could be noted before the stop");
    }
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

  /** Where applications ask, as a client on this machine reaches it, ending in a slash. */
  public URI address() {
    return address;
  }

  /** Where keys are administered, ending in a slash. Also in the data folder's address file. */
  public URI adminAddress() {
    return adminAddress;
  }

  /**
   * Why a provider's key cannot be had now, with what to do; empty: it can, or it needs none. May
   * ask Vault.
   */
  public Optional<String> keyProblem(ProviderSettings provider) {
    List<KeyReference> references = new ArrayList<>();
    if (provider.key() != null) {
      references.add(provider.key());
    }
    if (provider.aws() != null) {
      references.add(provider.aws().accessKeyId());
      references.add(provider.aws().secretAccessKey());
    }
    try {
      for (KeyReference reference : references) {
        keys.get(provider.name(), reference);
      }
      return Optional.empty();
    } catch (SecretException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Puts other models in force: for every call that comes from now on.
   *
   * @throws IllegalArgumentException where they contradict themselves; those before stay in force
   */
  public void apply(GatewaySettings.Models models) {
    catalog = new Catalog(models, prices);
  }

  /** Blocks until the server was closed. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Takes no new requests, finishes running calls for up to 30 s, and closes everything. */
  @Override
  public void close() throws IOException {
    try {
      parts.close();
    } finally {
      stopped.countDown();
    }
  }
}
