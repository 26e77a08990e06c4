package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class GatewayIT {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path temporary;
  private HttpServer provider;

  @BeforeEach
  void startProvider() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    provider.createContext("/v1/chat/completions", GatewayIT::chat);
    provider.start();
  }

  @AfterEach
  void stopProvider() {
    provider.stop(0);
  }

  private static void chat(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] answer =
        ("{\"id\":\"1\",\"choices\":[{\"message\":{\"content\":"
                + (body.contains("gpt-5-mini") && "Bearer sk-real".equals(key)
                    ? "\"yes\""
                    : "\"no\"")
                + "}}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private GatewaySettings settings() {
    ProviderSettings fake =
        new ProviderSettings(
            "fake",
            ProviderType.OPENAI,
            URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/v1"),
            new KeyReference.Variable("KEY"),
            Duration.ofSeconds(10),
            true,
            null,
            true,
            null,
            null,
            null);
    ModelSettings model =
        new ModelSettings(
            "fast",
            "fake",
            "gpt-5-mini",
            new ModelSettings.Prices(
                new BigDecimal("0.25"), new BigDecimal("2.00"), null, null, null),
            null,
            null,
            1,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    return new GatewaySettings(
        new InetSocketAddress(LOOPBACK, 0),
        new InetSocketAddress(LOOPBACK, 0),
        null,
        List.of(),
        temporary.resolve("data"),
        null,
        new KeyEncryption.InFile(),
        new GatewaySettings.Models(
            List.of(fake),
            List.of(model),
            Map.of(),
            0,
            3,
            Duration.ofSeconds(5),
            List.of(),
            false,
            false,
            1 << 20));
  }

  private static HttpResponse<String> send(HttpClient client, URI uri, String token, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void passesACallOnWithTheProvidersKeyAndCountsWhatItCost() throws Exception {
    OutboundSettings outbound = OutboundSettings.of(Map.of("KEY", "sk-real"), null);
    try (GatewayServer gateway =
            GatewayServer.start(settings(), temporary, outbound, Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      String admin = Files.readString(temporary.resolve("data/admin-token")).strip();
      URI calls = gateway.address().resolve("v1/chat/completions");
      String body = "{\"model\":\"fast\",\"messages\":[]}";
      HttpResponse<String> added =
          send(client, gateway.adminAddress().resolve("api/keys"), admin, "{\"name\":\"app\"}");
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      String key = new JsonMapper().readTree(added.body()).path("key").asString();

      HttpResponse<String> answer = send(client, calls, key, body);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("yes");
      // 10 × 0.25 USD and 5 × 2 USD for a million.
      assertThat(answer.headers().firstValue("x-litellm-response-cost")).hasValue("0.0000125");
      HttpResponse<String> shown =
          client.send(
              HttpRequest.newBuilder(gateway.adminAddress().resolve("api/keys/app"))
                  .header("Authorization", "Bearer " + admin)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(new JsonMapper().readTree(shown.body()).path("spent-nano-usd").asLong())
          .isEqualTo(12_500);
    }
  }

  @Test
  void takesNoKeyOfAnotherKind() throws Exception {
    OutboundSettings outbound = OutboundSettings.of(Map.of("KEY", "sk-real"), null);
    try (GatewayServer gateway =
            GatewayServer.start(settings(), temporary, outbound, Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      String admin = Files.readString(temporary.resolve("data/admin-token")).strip();
      URI calls = gateway.address().resolve("v1/chat/completions");

      for (String token : List.of(admin, "sk-real", "sk-gatehouse-x")) {
        assertThat(send(client, calls, token, "{\"model\":\"fast\"}").statusCode()).isEqualTo(401);
      }
      assertThat(
              send(client, gateway.address().resolve("api/keys"), admin, "{\"name\":\"x\"}")
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
