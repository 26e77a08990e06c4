package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.settings.ProviderType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A whole gateway is killed in the middle of streams and of whole calls, and starts again. */
class KilledGatewayIT {
  private static final int STREAMS = 5;
  private static final int CALLERS = 3;

  /** 10 tokens of input at 1 and 5 of output at 2 USD per million. */
  private static final long COST = 20_000;

  @TempDir private Path folder;

  /** The gateway in a JVM of its own. */
  private record Killable(Process process, URI address, URI adminAddress) {
    static Killable start(Path folder, int provider) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:-UsePerfData",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  Main.class.getName(),
                  folder.toString(),
                  String.valueOf(provider))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String address = String.valueOf(out.readLine());
      return new Killable(process, URI.create(address), URI.create(String.valueOf(out.readLine())));
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }
  }

  /** What runs in it. */
  static final class Main {
    private Main() {}

    @SuppressWarnings("SystemOut") // it is how the test hears of it
    public static void main(String[] arguments) throws Exception {
      GatewayServer server =
          Lab.start(
              Path.of(arguments[0]), Integer.parseInt(arguments[1]), Map.of(), null, List.of());
      System.out.println(server.address());
      System.out.println(server.adminAddress());
      server.awaitStop();
    }
  }

  private HttpResponse<String> administer(
      HttpClient client, URI admin, String method, String path, String body) throws Exception {
    String token = Files.readString(folder.resolve("data/admin-token")).strip();
    return client.send(
        HttpRequest.newBuilder(admin.resolve(path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest call(URI address, String token, boolean streamed) {
    String body = streamed ? Lab.CHAT.replace("}]}", "}],\"stream\":true}") : Lab.CHAT;
    return HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private String key(HttpClient client, URI admin, String name) throws Exception {
    HttpResponse<String> added =
        administer(
            client,
            admin,
            "POST",
            "/api/keys",
            "{\"name\":\"%s\",\"budget\":\"10\"}".formatted(name));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    return Lab.JSON.readTree(added.body()).path("key").asString();
  }

  /** Asks until the gateway is gone, and says how many answers there were. */
  private static int callUntilItIsGone(
      HttpClient client, URI address, String token, AtomicInteger answered, CountDownLatch enough)
      throws InterruptedException {
    int told = 0;
    try {
      while (true) {
        HttpResponse<String> answer =
            client.send(call(address, token, false), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        told++;
        if (answered.incrementAndGet() >= 100) {
          enough.countDown();
        }
      }
    } catch (IOException gone) {
      return told;
    }
  }

  @Test
  void losesNoSettledCallCountsNoneTwiceAndKeepsNoReservation() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeProvider provider = new FakeProvider();
        HttpClient client = HttpClient.newHttpClient()) {
      provider.answers(
          (exchange, got) -> {
            if (!got.body().contains("\"stream\":true")) {
              FakeProvider.send(
                  exchange, 200, "application/json", FakeProvider.CHAT.formatted("yes"));
              return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange
                .getResponseBody()
                .write(
                    "data: {\"choices\":[{\"delta\":{\"content\":\"so\"}}]}\n\n".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            try {
              assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Killable gateway = Killable.start(folder, provider.port());
      try {
        URI admin = gateway.adminAddress();
        String token = key(client, admin, "app");
        String streaming = key(client, admin, "streaming");
        String revoked = key(client, admin, "revoked");
        administer(client, admin, "PUT", "/api/providers/openai/key", "{\"key\":\"kept\"}");
        administer(client, admin, "POST", "/api/keys/revoked/revoke", "{\"reason\":\"left\"}");
        int told = live(client, gateway, token, streaming);
        check(client, provider.port(), token, revoked, told);
      } finally {
        gateway.kill();
        end.countDown();
      }
    }
  }

  /** Streams that are in their middle, and whole calls, until the kill. */
  private int live(HttpClient client, Killable gateway, String token, String streaming)
      throws Exception {
    List<InputStream> streams = new ArrayList<>();
    AtomicInteger answered = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(1);
    for (int i = 0; i < STREAMS; i++) {
      InputStream stream =
          client
              .send(call(gateway.address(), streaming, true), BodyHandlers.ofInputStream())
              .body();
      assertThat(new String(stream.readNBytes(20), UTF_8)).startsWith("data: {");
      streams.add(stream);
    }
    JsonNode shown = shown(client, gateway.adminAddress(), "streaming");
    assertThat(shown.path("running").asInt()).isEqualTo(STREAMS);
    assertThat(shown.path("reserved-nano-usd").asLong()).isPositive();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calling = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calling.add(
            callers.submit(
                () -> callUntilItIsGone(client, gateway.address(), token, answered, enough)));
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      gateway.kill();
      int told = 0;
      for (Future<Integer> one : calling) {
        told += one.get();
      }
      for (InputStream stream : streams) {
        stream.close();
      }
      return told;
    }
  }

  private JsonNode shown(HttpClient client, URI admin, String key) throws Exception {
    return Lab.JSON.readTree(administer(client, admin, "GET", "/api/keys/" + key, "").body());
  }

  private void check(HttpClient client, int provider, String token, String revoked, int told)
      throws Exception {
    long counted = -1;
    for (int start = 0; start < 2; start++) {
      try (GatewayServer server = Lab.start(folder, provider, Map.of(), null, List.of())) {
        URI admin = server.adminAddress();
        JsonNode shown = shown(client, admin, "app");
        long spent = shown.path("spent-nano-usd").asLong();
        assertThat(spent % COST).isZero();
        if (counted < 0) {
          // Each caller may have had one more call settled than it came to hear of.
          assertThat(spent / COST).isBetween((long) told, (long) told + CALLERS);
        } else {
          assertThat(spent).isEqualTo(counted + COST);
        }
        counted = spent;
        JsonNode streaming = shown(client, admin, "streaming");
        for (JsonNode key : List.of(shown, streaming)) {
          assertThat(key.path("reserved-nano-usd").asLong()).isZero();
          assertThat(key.path("running").asLong()).isZero();
        }
        JsonNode usage =
            Lab.JSON
                .readTree(administer(client, admin, "GET", "/api/usage?by=key&key=app", "").body())
                .path("usage")
                .get(0);
        assertThat(usage.path("nano-usd").asLong()).isEqualTo(spent);
        assertThat(usage.path("calls").asLong()).isEqualTo(spent / COST);

        assertThat(
                client
                    .send(call(server.address(), token, false), BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(200);
        assertThat(
                client
                    .send(call(server.address(), revoked, false), BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(401);
        assertThat(administer(client, admin, "GET", "/api/providers", "").body())
            .contains("key-stored\":\"2");
        assertThat(administer(client, admin, "GET", "/api/audit-log", "").body())
            .contains("set-provider-key", "revoke-key")
            .doesNotContain(Lab.keyOf(ProviderType.OPENAI));
      }
    }
  }
}
