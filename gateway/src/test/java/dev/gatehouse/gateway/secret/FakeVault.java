package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of Vault's API the gateway uses, on loopback and strict: an unknown path, method, member or
 * token is an error, as developer.hashicorp.com/vault/api-docs describes them.
 */
final class FakeVault implements AutoCloseable {
  static final String TOKEN = "hvs.fake";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> wrapped = new HashMap<>();
  private volatile int failure;
  private final AtomicInteger version = new AtomicInteger(1);

  FakeVault() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void put(String path, String json) {
    answers.put("/v1/" + path, json);
  }

  void failWith(int status) {
    failure = status;
  }

  /** Makes a new version of the transit engine's key, as {@code transit/keys/NAME/rotate} does. */
  void rotate() {
    version.incrementAndGet();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      JsonNode body = JSON.readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      if (failure != 0) {
        send(exchange, failure, "{\"errors\":[\"do not show this\"]}");
      } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
        send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
      } else if (exchange.getRequestMethod().equals("GET") && answers.containsKey(path)) {
        send(exchange, 200, answers.get(path));
      } else if (exchange.getRequestMethod().equals("POST")
          && path.equals("/v1/transit/encrypt/gatehouse")) {
        encrypt(exchange, body);
      } else if (exchange.getRequestMethod().equals("POST")
          && path.equals("/v1/transit/decrypt/gatehouse")) {
        decrypt(exchange, body);
      } else {
        send(exchange, 404, "{\"errors\":[]}");
      }
    }
  }

  private void encrypt(HttpExchange exchange, JsonNode body) throws IOException {
    String plain = body.path("plaintext").asString();
    Base64.getDecoder().decode(plain);
    requireMembers(body, Set.of("plaintext", "associated_data"));
    String text = "vault:v" + version.get() + ":" + wrapped.size();
    wrapped.put(text + body.path("associated_data").asString(), plain);
    send(
        exchange,
        200,
        "{\"data\":{\"ciphertext\":\"" + text + "\",\"key_version\":" + version.get() + "}}");
  }

  private void decrypt(HttpExchange exchange, JsonNode body) throws IOException {
    requireMembers(body, Set.of("ciphertext", "associated_data"));
    String plain =
        wrapped.get(body.path("ciphertext").asString() + body.path("associated_data").asString());
    if (plain == null) {
      send(exchange, 400, "{\"errors\":[\"cipher: message authentication failed\"]}");
    } else {
      send(exchange, 200, "{\"data\":{\"plaintext\":\"" + plain + "\"}}");
    }
  }

  private static void requireMembers(JsonNode body, Set<String> members) {
    if (!new TreeSet<>(body.propertyNames()).equals(new TreeSet<>(members))) {
      throw new IllegalArgumentException("members " + body.propertyNames());
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
