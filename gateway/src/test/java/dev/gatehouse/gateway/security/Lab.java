package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.provider.StreamBounds;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway with a provider of every type, all of them one fake one. */
final class Lab implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  static final JsonMapper JSON = new JsonMapper();
  static final String CHAT =
      "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  static final String AWS_ID = "CANARYACCESSKEYID123";
  static final String AWS_SECRET = "canary/aws+secret/7f3a9b1c5d";

  /** In BASE64, as they all are. */
  static final String AWS_SESSION = "canary/session+51c0ffee77aa==";

  private final Path folder;
  final FakeProvider provider;
  final GatewayServer gateway;
  final HttpClient client = HttpClient.newHttpClient();
  final String admin;

  Lab(Path folder) throws Exception {
    this(folder, Map.of(), null, List.of());
  }

  Lab(
      Path folder,
      Map<String, String> environment,
      @Nullable KeyReference webhook,
      List<AddressRange> proxies)
      throws Exception {
    this(folder, environment, webhook, proxies, StreamBounds.USUAL);
  }

  /** One that cuts streams off elsewhere. */
  Lab(Path folder, StreamBounds bounds) throws Exception {
    this(folder, Map.of(), null, List.of(), bounds);
  }

  private Lab(
      Path folder,
      Map<String, String> environment,
      @Nullable KeyReference webhook,
      List<AddressRange> proxies,
      StreamBounds bounds)
      throws Exception {
    this.folder = folder;
    provider = new FakeProvider();
    gateway = start(folder, provider.port(), environment, webhook, proxies, bounds);
    admin = Files.readString(data().resolve("admin-token")).strip();
  }

  static GatewayServer start(
      Path folder,
      int port,
      Map<String, String> environment,
      @Nullable KeyReference webhook,
      List<AddressRange> proxies)
      throws Exception {
    return start(folder, port, environment, webhook, proxies, StreamBounds.USUAL);
  }

  private static GatewayServer start(
      Path folder,
      int port,
      Map<String, String> environment,
      @Nullable KeyReference webhook,
      List<AddressRange> proxies,
      StreamBounds bounds)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    for (ProviderType type : ProviderType.values()) {
      all.put(variable(type), keyOf(type));
    }
    all.put("AWS_ID", AWS_ID);
    all.put("AWS_SECRET", AWS_SECRET);
    all.put("AWS_SESSION", AWS_SESSION);
    return GatewayServer.start(
        new GatewaySettings(
            new InetSocketAddress(LOOPBACK, 0),
            new InetSocketAddress(LOOPBACK, 0),
            null,
            proxies,
            folder.resolve("data"),
            webhook,
            new KeyEncryption.InFile(),
            models(port)),
        folder,
        OutboundSettings.of(all, null),
        Clock.systemUTC(),
        bounds);
  }

  /** Of no form by which a key could be known. */
  static String keyOf(ProviderType type) {
    byte[] name = type.text().getBytes(ISO_8859_1);
    return "canary0" + type.text() + UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  private static String variable(ProviderType type) {
    return "KEY_" + type.name();
  }

  static GatewaySettings.Models models(int port) {
    List<ProviderSettings> providers = new ArrayList<>();
    for (ProviderType type : ProviderType.values()) {
      providers.add(provider(type.text(), type, port, true));
    }
    return new GatewaySettings.Models(
        providers,
        List.of(
            model("fast", "openai"),
            model("claude", "anthropic"),
            model("gem", "gemini"),
            model("coh", "cohere"),
            model("rock", "bedrock"),
            model("az", "azure")),
        Map.of(),
        0,
        1_000_000,
        Duration.ofSeconds(5),
        List.of(),
        false,
        true,
        1 << 20);
  }

  static GatewaySettings.Models withProviders(
      GatewaySettings.Models models, List<ProviderSettings> providers) {
    return new GatewaySettings.Models(
        providers,
        models.models(),
        models.aliases(),
        models.retries(),
        models.allowedFails(),
        models.cooldown(),
        models.defaultFallbacks(),
        models.dropUnsupported(),
        models.allowUnpriced(),
        models.largestRequest());
  }

  static ProviderSettings provider(String name, ProviderType type, int port, boolean allowed) {
    String path =
        switch (type) {
          case OPENAI, MISTRAL, OLLAMA -> "/v1";
          case AZURE, ANTHROPIC, GEMINI, COHERE, BEDROCK -> "";
        };
    return new ProviderSettings(
        name,
        type,
        URI.create("http://127.0.0.1:" + port + path),
        type == ProviderType.BEDROCK ? null : new KeyReference.Variable(variable(type)),
        Duration.ofSeconds(20),
        allowed,
        null,
        true,
        type == ProviderType.BEDROCK
            ? new ProviderSettings.Aws(
                "eu-west-1",
                new KeyReference.Variable("AWS_ID"),
                new KeyReference.Variable("AWS_SECRET"),
                new KeyReference.Variable("AWS_SESSION"))
            : null,
        null,
        null);
  }

  static ModelSettings model(String name, String provider) {
    return new ModelSettings(
        name,
        provider,
        "m-" + name,
        new ModelSettings.Prices(new BigDecimal("1"), new BigDecimal("2"), null, null, null),
        null,
        null,
        1,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  Path data() {
    return folder.resolve("data");
  }

  HttpResponse<String> administer(String method, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(gateway.adminAddress().resolve(path))
            .header("Authorization", "Bearer " + admin)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Adds a key; single quotation marks stand for double ones. */
  String key(String terms) throws Exception {
    HttpResponse<String> added = administer("POST", "/api/keys", terms.replace('\'', '"'));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    return JSON.readTree(added.body()).path("key").asString();
  }

  String revoker(String name) throws Exception {
    HttpResponse<String> added =
        administer("POST", "/api/revokers", "{\"name\":\"%s\"}".formatted(name));
    return JSON.readTree(added.body()).path("token").asString();
  }

  JsonNode shown(String key) throws Exception {
    return JSON.readTree(administer("GET", "/api/keys/" + key, "").body());
  }

  HttpResponse<String> ask(String token, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.address().resolve(path))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Sends bytes as they are and reads until the other end closes. */
  static String raw(URI address, String request) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** A request of HTTP/1.1 that closes; lines of headers end in CR LF. */
  static String rawRequest(String method, String target, String headers, String body) {
    return String.format(
        Locale.ROOT,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s",
        method,
        target,
        headers,
        body.length(),
        body);
  }

  @Override
  public void close() throws IOException {
    client.close();
    try (provider) {
      gateway.close();
    }
  }
}
