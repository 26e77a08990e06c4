package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.GatewayStartException;
import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.key.KeyTerms;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.key.Scope;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderSettings.Aws;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.DataFolder;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in front of the fake providers, with keys that were made before it started. It tries
 * nothing again and leaves no deployment alone, so that one test does not tell on another.
 */
public final class RunningGateway implements AutoCloseable {
  /** The models of {@link #modelOf}, and the price of each but the compatible provider's. */
  public static final ModelSettings.Prices PRICES =
      new ModelSettings.Prices(
          new BigDecimal("0.25"), new BigDecimal("2.00"), new BigDecimal("0.025"), null, null);

  /** Models that embed or rank, of providers that are asked in a format of their own. */
  static final Map<Which, List<String>> RETRIEVAL =
      Map.of(
          Which.COHERE,
          List.of("embed-v4.0", "rerank-v3.5"),
          Which.GEMINI,
          List.of("gemini-embedding-001"),
          Which.BEDROCK,
          List.of("amazon.titan-embed-text-v2:0", "cohere.embed-v4:0", "cohere.rerank-v3-5:0"));

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Path data;
  private final GatewayServer server;
  private final Map<String, Secret> tokens;

  private RunningGateway(Path data, GatewayServer server, Map<String, Secret> tokens) {
    this.data = data;
    this.server = server;
    this.tokens = tokens;
  }

  /**
   * A key that is to be there.
   *
   * @param models that it may ask; empty: all
   */
  public record Wanted(String name, Set<String> models, Limits limits) {
    public Wanted {
      models = Set.copyOf(models);
    }

    /** One for everything. */
    public static Wanted free(String name) {
      return new Wanted(name, Set.of(), Limits.NONE);
    }
  }

  /** Starts one in an empty folder. */
  public static RunningGateway start(Path folder, FakeProviders providers, List<Wanted> keys)
      throws IOException, GatewayStartException {
    return start(folder, providers, keys, TIMEOUT);
  }

  /**
   * Starts one in an empty folder.
   *
   * @param timeout of all providers
   */
  public static RunningGateway start(
      Path folder, FakeProviders providers, List<Wanted> keys, Duration timeout)
      throws IOException, GatewayStartException {
    Path data = folder.resolve("data");
    Map<String, Secret> tokens = addKeys(data, keys);
    OutboundSettings outbound =
        OutboundSettings.of(
            Map.of(
                "PROVIDER_KEY", FakeProvider.KEY,
                "AWS_ID", FakeProvider.AWS_ID,
                "AWS_SECRET", FakeProvider.AWS_SECRET),
            null);
    GatewayServer server =
        GatewayServer.start(
            settings(data, providers, timeout), folder, outbound, Clock.systemUTC());
    return new RunningGateway(data, server, tokens);
  }

  private interface Use<T> {
    T of(Database database, Accounting accounting, Keys keys) throws IOException;
  }

  /** Uses the store of a gateway that does not run. */
  private static <T> T inStore(Path data, Use<T> use) throws IOException {
    try (DataFolder folder = DataFolder.open(data);
        Database database = SqliteDatabase.open(folder.database());
        Accounting accounting =
            Accounting.open(
                database, folder.path().resolve("usage"), Clock.systemUTC(), System::nanoTime)) {
      AuditLog audit = AuditLog.open(database);
      Clock clock = Clock.systemUTC();
      Owners owners = Owners.open(database, audit, accounting, clock);
      Keys keys = Keys.open(database, audit, accounting, owners, clock, new SecureRandom());
      return use.of(database, accounting, keys);
    }
  }

  private static Map<String, Secret> addKeys(Path data, List<Wanted> wanted) throws IOException {
    return inStore(
        data,
        (_, _, keys) -> {
          Map<String, Secret> tokens = new HashMap<>();
          for (Wanted key : wanted) {
            Scope scope = new Scope(key.models(), Set.of(), List.of(), null);
            Keys.Added added =
                keys.add(
                    new KeyTerms(key.name(), null, null, null, scope, key.limits(), false), "test");
            if (!(added instanceof Keys.Added.Key made)) {
              throw new IllegalStateException("no key: " + added);
            }
            tokens.put(key.name(), made.token());
          }
          return tokens;
        });
  }

  private static GatewaySettings settings(Path data, FakeProviders fakes, Duration timeout) {
    List<ProviderSettings> providers = new ArrayList<>();
    List<ModelSettings> models = new ArrayList<>();
    for (Which which : Which.values()) {
      providers.add(provider(which, fakes.get(which), timeout));
      models.add(model(modelOf(which), which, which == Which.COMPATIBLE ? null : PRICES));
    }
    models.add(model("text-embedding-3-small", Which.OPENAI, PRICES));
    models.add(model("embedding-of-azure", Which.AZURE, PRICES));
    RETRIEVAL.forEach((which, all) -> all.forEach(name -> models.add(model(name, which, PRICES))));
    return new GatewaySettings(
        new InetSocketAddress(LOOPBACK, 0),
        new InetSocketAddress(LOOPBACK, 0),
        null,
        List.of(),
        data,
        null,
        new KeyEncryption.InFile(),
        new GatewaySettings.Models(
            providers,
            models,
            Map.of(),
            0,
            1_000_000,
            Duration.ofSeconds(5),
            List.of(),
            false,
            false,
            8 << 20));
  }

  /** What clients call a provider's model. */
  public static String modelOf(Which which) {
    return switch (which) {
      case OPENAI -> "gpt-5-mini";
      case AZURE -> "gpt-4o";
      case COMPATIBLE -> "llama3.2";
      case ANTHROPIC -> "claude-sonnet-4-5";
      case GEMINI -> "gemini-2.5-pro";
      case COHERE -> "command-a-03-2025";
      case BEDROCK -> "eu.anthropic.claude-sonnet-4-20250514-v1:0";
    };
  }

  private static String name(Which which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  private static ModelSettings model(
      String model, Which which, ModelSettings.@Nullable Prices prices) {
    return new ModelSettings(
        model,
        name(which),
        model,
        prices,
        null,
        null,
        1,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private static ProviderSettings provider(Which which, FakeProvider fake, Duration timeout) {
    ProviderType type =
        switch (which) {
          case OPENAI -> ProviderType.OPENAI;
          case AZURE -> ProviderType.AZURE;
          case COMPATIBLE -> ProviderType.OLLAMA;
          case ANTHROPIC -> ProviderType.ANTHROPIC;
          case GEMINI -> ProviderType.GEMINI;
          case COHERE -> ProviderType.COHERE;
          case BEDROCK -> ProviderType.BEDROCK;
        };
    String path =
        switch (which) {
          case OPENAI, COMPATIBLE -> "/v1";
          case AZURE, ANTHROPIC, GEMINI, COHERE, BEDROCK -> "";
        };
    boolean keyless = which == Which.COMPATIBLE || which == Which.BEDROCK;
    return new ProviderSettings(
        name(which),
        type,
        URI.create(fake.uri() + path),
        keyless ? null : new KeyReference.Variable("PROVIDER_KEY"),
        timeout,
        true,
        null,
        true,
        which == Which.BEDROCK
            ? new Aws(
                FakeProvider.AWS_REGION,
                new KeyReference.Variable("AWS_ID"),
                new KeyReference.Variable("AWS_SECRET"),
                null)
            : null,
        null,
        null);
  }

  /** Where it is asked; ends in a slash. */
  public URI address() {
    return server.address();
  }

  /** A key's secret. */
  public String token(String key) {
    Secret token = tokens.get(key);
    if (token == null) {
      throw new IllegalArgumentException("no key was made of the name " + key);
    }
    return token.reveal();
  }

  /**
   * Asks for a chat completion on a connection of its own, which takes in little that nobody reads.
   */
  public Socket open(String key, String body) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(address().getHost(), address().getPort()));
    socket
        .getOutputStream()
        .write(
            """
            POST /v1/chat/completions HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s"""
                .formatted(token(key), body.getBytes(UTF_8).length, body)
                .getBytes(UTF_8));
    return socket;
  }

  /** Stops it, and tells how a key stood. */
  public Standing stop(String key) throws IOException {
    server.close();
    return inStore(
        data,
        (_, accounting, keys) ->
            accounting.standing(
                new AccountId(AccountId.Kind.KEY, keys.named(key).orElseThrow().id())));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
