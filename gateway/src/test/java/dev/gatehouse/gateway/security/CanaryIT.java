package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.fake.CapturedLog;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.security.FakeProvider.Answering;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets that can be known again go in, by every way that there is; whatever comes out is searched
 * for them: answers, what providers are sent, the log, the metrics, every file.
 */
class CanaryIT {
  private static final String STORED = "canary-of-the-store-42e1c07d55";
  private static final String WEBHOOK = "canary-of-the-webhook-9d0c3be2";
  private static final String OWN = "canary-of-a-client-61f7a2b0c4";

  /** It is the provider's to know, and nobody else's. */
  private static final String PROMPT = "canary of a prompt d41e8c";

  private static final List<String> MODELS =
      List.of(
          "fast",
          "claude",
          "gem",
          "coh",
          "rock",
          "az",
          "mistral/some",
          "ollama:some",
          "kept/some",
          "unknown");

  private static final Set<String> WITH_ALL_PATHS =
      Set.of("answer", "stream", "JSON with 400", "JSON with 401");

  /** Answers that are no HTTP, or have a key where none can be. */
  private static final List<String> IMPROPER =
      List.of(
          "HTTP/1.1 200 KEY\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
          "HTTP/1.1 KEY\r\n\r\n",
          "KEY\r\n\r\n",
          "HTTP/1.1 200 OK\r\nKEY\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: KEY\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Encoding: KEY\r\nContent-Length: 2\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nKEY\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 900\r\nX-Key: KEY\r\n\r\n{\"KEY",
          "HTTP/1.1 407 KEY\r\nProxy-Authenticate: KEY\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 401 KEY\r\nWWW-Authenticate: Basic realm=\"KEY\"\r\nConnection: close\r\n\r\n{\"message\":\"KEY\"}",
          "HTTP/1.1 103 KEY\r\nLink: KEY\r\n\r\nHTTP/1.1 500 KEY\r\nConnection: close\r\n\r\n{\"message\":\"KEY\"}");

  @TempDir private Path folder;
  private final Canaries canaries = new Canaries();
  private final Map<String, String> found = new TreeMap<>();
  private int looked;

  private void search(String where, String text) {
    looked++;
    canaries.in(text).forEach(name -> found.put(name + " in " + where, text));
  }

  private void search(String where, HttpResponse<String> answer) {
    search(where, answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
  }

  private void searchFiles(String when) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        looked++;
        List<String> names = new ArrayList<>(canaries.in(Files.readAllBytes(file)));
        switch (file.getFileName().toString()) {
          case "admin-token" -> names.remove("administrator");
          case "key-encryption-key" -> names.remove("key-encryption key");
          default -> {}
        }
        names.forEach(name -> found.put(name + " in " + file + " " + when, ""));
      }
    }
  }

  private void assertNothingFound() {
    assertThat(found).as("of %d places", looked).isEmpty();
  }

  /** A gateway with a provider besides whose key lies in its own store. */
  private Lab lab(String webhook) throws Exception {
    Lab lab =
        new Lab(
            folder, Map.of("WEBHOOK", webhook), new KeyReference.Variable("WEBHOOK"), List.of());
    GatewaySettings.Models models = Lab.models(lab.provider.port());
    ProviderSettings openai = models.providers().getFirst();
    List<ProviderSettings> providers = new ArrayList<>(models.providers());
    providers.add(
        new ProviderSettings(
            "kept",
            ProviderType.OPENAI,
            openai.baseUrl(),
            new KeyReference.Stored(),
            openai.timeout(),
            true,
            null,
            true,
            null,
            null,
            null));
    lab.gateway.apply(Lab.withProviders(models, providers));
    assertThat(
            lab.administer("PUT", "/api/providers/kept/key", "{\"key\":\"" + STORED + "\"}")
                .statusCode())
        .isEqualTo(204);
    for (ProviderType type : ProviderType.values()) {
      canaries.add("key of " + type, Lab.keyOf(type));
    }
    canaries.add("AWS id", Lab.AWS_ID);
    canaries.add("AWS secret", Lab.AWS_SECRET);
    canaries.add("AWS session", Lab.AWS_SESSION);
    canaries.add("stored key", STORED);
    canaries.add("webhook", WEBHOOK);
    canaries.add("administrator", lab.admin);
    canaries.add(
        "key-encryption key", Files.readString(lab.data().resolve("key-encryption-key")).strip());
    return lab;
  }

  private static String body(String path, String model, boolean streamed) {
    String stream = streamed ? ",\"stream\":true" : "";
    String asked =
        path.contains("embeddings")
            ? ",\"input\":\"PROMPT\""
            : path.contains("rerank")
                ? ",\"query\":\"PROMPT\",\"documents\":[\"a\",\"b\"]"
                : path.contains("responses")
                    ? ",\"input\":\"PROMPT\",\"max_output_tokens\":9"
                    : ",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"PROMPT\"}]";
    return ("{\"model\":\"" + model + "\"" + asked + stream + "}").replace("PROMPT", PROMPT);
  }

  private void ask(Lab lab, String token, String path, String model, boolean streamed, String how)
      throws Exception {
    search(
        path + " of " + model + (streamed ? " streamed, " : ", ") + how,
        lab.ask(token, path, body(path, model, streamed)));
  }

  @Test
  void showsNobodyAProvidersKeyWhateverTheProviderSays() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      try (Lab lab = lab("http://127.0.0.1:9/" + WEBHOOK)) {
        String token = lab.key("{'name':'app'}");
        canaries.add("virtual key", token);
        for (Map.Entry<String, Answering> echo : Echo.all().entrySet()) {
          lab.provider.answers(echo.getValue());
          for (String model : MODELS) {
            ask(lab, token, "/v1/chat/completions", model, false, echo.getKey());
            ask(lab, token, "/v1/chat/completions", model, true, echo.getKey());
          }
          if (!WITH_ALL_PATHS.contains(echo.getKey())) {
            continue;
          }
          for (String path :
              List.of(
                  "/v1/messages",
                  "/v1/messages/count_tokens",
                  "/v1/responses",
                  "/v1/embeddings",
                  "/v1/rerank")) {
            for (String model : List.of("fast", "claude", "gem", "coh", "rock", "kept/some")) {
              ask(lab, token, path, model, echo.getKey().startsWith("stream"), echo.getKey());
            }
          }
        }
        // The keys did go out, and came back: else there was nothing to be found.
        for (ProviderType type : ProviderType.values()) {
          String sent = type == ProviderType.BEDROCK ? Lab.AWS_SESSION : Lab.keyOf(type);
          assertThat(lab.provider.seen())
              .as("%s", type)
              .anyMatch(seen -> seen.headers().toString().contains(sent));
        }
        assertThat(lab.provider.seen())
            .anyMatch(seen -> seen.headers().toString().contains(STORED))
            .noneMatch(seen -> Echo.text(seen).contains(token));
        search("/metrics", lab.administer("GET", "/metrics", ""));
        search("/api/usage", lab.administer("GET", "/api/usage", ""));
        searchFiles("while it runs");
      }
      searchFiles("after its end");
      log.lines().forEach(line -> search("the log", line));
      assertThat(log.lines())
          .anyMatch(line -> line.contains("does not take the gateway's key"))
          .anyMatch(line -> line.contains("[key]"));
    }
    assertNothingFound();
  }

  @Test
  void showsNobodyAProvidersKeyThatStandsWhereNoneCan() throws Exception {
    String key = Lab.keyOf(ProviderType.OPENAI);
    try (CapturedLog log = new CapturedLog();
        WireProvider wire = new WireProvider();
        Lab lab = lab("http://127.0.0.1:9/" + WEBHOOK)) {
      lab.gateway.apply(Lab.models(wire.port()));
      String token = lab.key("{'name':'app'}");
      for (String answer : IMPROPER) {
        wire.says(answer.replace("KEY", key));
        ask(lab, token, "/v1/chat/completions", "fast", false, answer);
        ask(lab, token, "/v1/chat/completions", "fast", true, answer);
      }
      assertThat(wire.heads())
          .hasSizeGreaterThan(IMPROPER.size())
          .allMatch(head -> head.contains("Bearer " + key));
      searchFiles("while it runs");
      log.lines().forEach(line -> search("the log", line));
      assertThat(log.lines()).anyMatch(line -> line.contains("its answer is no proper HTTP"));
    }
    assertNothingFound();
  }

  @Test
  void showsAVirtualKeyInTheAnswerThatMadeItAndNowhereElse() throws Exception {
    HttpServer hook = HttpServer.create(new InetSocketAddress(Lab.LOOPBACK, 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          try (exchange) {
            FakeProvider.send(exchange, 500, "text/plain", WEBHOOK);
          }
        });
    hook.start();
    try (CapturedLog log = new CapturedLog()) {
      String address = "http://127.0.0.1:" + hook.getAddress().getPort() + "/" + WEBHOOK;
      try (Lab lab = lab(address)) {
        String usable = lab.key("{'name':'usable'}");
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("usable", usable);
        tokens.put("decoy", lab.key("{'name':'decoy','decoy':true}"));
        tokens.put("expired", lab.key("{'name':'expired','expires':'2020-01-01T00:00:00Z'}"));
        tokens.put("elsewhere", lab.key("{'name':'elsewhere','addresses':['10.0.0.0/8']}"));
        tokens.put("narrow", lab.key("{'name':'narrow','models':['fast'],'endpoints':['chat']}"));
        tokens.put("slow", lab.key("{'name':'slow','requests-per-minute':1}"));
        tokens.put("poor", lab.key("{'name':'poor','budget':'0.000000001'}"));
        tokens.put("rotated", lab.key("{'name':'rotated'}"));
        tokens.put("revoked", lab.key("{'name':'revoked'}"));
        tokens.put("deleted", lab.key("{'name':'deleted'}"));
        tokens.put(
            "after rotation", made(lab, "/api/keys/rotated/rotate", "{\"grace-seconds\":60}"));
        tokens.put("LiteLLM's", made(lab, "/key/generate", "{\"key_alias\":\"l\"}"));
        tokens.put("revoker", lab.revoker("index"));
        tokens.forEach(canaries::add);
        canaries.add("prompt", PROMPT);

        useAll(lab, tokens);
        administerWith(lab, tokens);
        for (Map.Entry<String, String> token : tokens.entrySet()) {
          sendWrongly(lab, token.getKey(), token.getValue());
        }
        sendWrongly(lab, "administrator", lab.admin);
        canaries.add("a client's own key", OWN);
        sendAKeyOfItsOwn(lab);
        for (String path :
            List.of(
                "/metrics",
                "/health",
                "/health/live",
                "/health/ready",
                "/health/liveliness",
                "/health/readiness",
                "/api/keys",
                "/api/keys/usable",
                "/api/users",
                "/api/teams",
                "/api/providers",
                "/api/revokers",
                "/api/usage",
                "/api/usage?format=csv&by=day,key,user,team,provider,model",
                "/api/audit-log",
                "/api/openapi.json",
                "/api/nothing")) {
          search(path, lab.administer("GET", path, ""));
        }
        assertThat(lab.provider.seen()).isNotEmpty();
        lab.provider.seen().forEach(seen -> search("the provider's request", Echo.text(seen)));
        searchFiles("while it runs");
      }
      searchFiles("after its end");
      log.lines().forEach(line -> search("the log", line));
      assertThat(log.lines())
          .anyMatch(line -> line.contains("The decoy decoy was used"))
          .anyMatch(line -> line.contains("The webhook for alarms answered with status 500"));
    } finally {
      hook.stop(0);
    }
    assertThat(Files.readString(accessLog("logs")))
        .contains("POST /v1/chat/completions HTTP/1.1", "GET /v1/models/sk-(token)");
    assertThat(Files.readString(accessLog("logs/admin"))).contains("POST /api/keys HTTP/1.1");
    // The provider has its own key, and that alone, and what it is asked.
    found
        .keySet()
        .removeIf(
            where ->
                where.equals("key of OPENAI in the provider's request")
                    || where.equals("prompt in the provider's request"));
    assertNothingFound();
  }

  private static String made(Lab lab, String path, String body) throws Exception {
    HttpResponse<String> answer = lab.administer("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Lab.JSON.readTree(answer.body()).path("key").asString();
  }

  private Path accessLog(String under) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data").resolve(under))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("access."))
          .findFirst()
          .orElseThrow();
    }
  }

  private void useAll(Lab lab, Map<String, String> tokens) throws Exception {
    TreeSet<Integer> statuses = new TreeSet<>();
    lab.administer("POST", "/api/keys/revoked/revoke", "{\"reason\":\"left\"}");
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      for (String path :
          List.of(
              "/v1/chat/completions",
              "/chat/completions",
              "/openai/deployments/fast/chat/completions?api-version=2024-10-21",
              "/v1/responses",
              "/v1/messages",
              "/v1/messages/count_tokens",
              "/v1/embeddings",
              "/openai/deployments/fast/embeddings",
              "/v1/rerank",
              "/v2/rerank",
              "/v1/nothing")) {
        for (boolean streamed : new boolean[] {false, true}) {
          HttpResponse<String> answer =
              lab.ask(token.getValue(), path, body(path, "fast", streamed));
          statuses.add(answer.statusCode());
          search(path + " with " + token.getKey(), answer);
        }
      }
      for (String path :
          List.of("/v1/models", "/models", "/v1/models/fast", "/health/live", "/health/ready")) {
        search(
            path + " with " + token.getKey(),
            lab.send(
                HttpRequest.newBuilder(lab.gateway.address().resolve(path))
                    .header("Authorization", "Bearer " + token.getValue())));
      }
    }
    assertThat(statuses).contains(200, 400, 401, 402, 403, 404, 429);
  }

  /** What belongs at administration alone, and what only looks as if it did. */
  private void administerWith(Lab lab, Map<String, String> tokens) throws Exception {
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      String name = token.getKey() + " as a token of administration";
      for (String path : List.of("/api/keys", "/api/audit-log", "/metrics", "/key/info")) {
        search(
            path + " with " + name,
            lab.send(
                HttpRequest.newBuilder(lab.gateway.adminAddress().resolve(path))
                    .header("Authorization", "Bearer " + token.getValue())));
      }
      search(
          "/key/info of " + token.getKey(),
          lab.administer("GET", "/key/info?key=" + token.getValue(), ""));
      search(
          "/key/delete",
          lab.administer("POST", "/key/delete", "{\"keys\":[\"" + token.getValue() + "x\"]}"));
    }
    search(
        "/key/delete",
        lab.administer("POST", "/key/delete", "{\"keys\":[\"" + tokens.get("deleted") + "\"]}"));
    search(
        "/api/providers/kept/key",
        lab.administer("PUT", "/api/providers/kept/key", "{\"key\":\"" + STORED + "\", }"));
    search(
        "/api/providers/kept/key",
        lab.administer("PUT", "/api/providers/kept/key", "{\"key\":\"" + STORED + " \u00e9\"}"));
  }

  /** Where people and programs put a token by mistake. Its sender may be told; no one else is. */
  private static void sendWrongly(Lab lab, String name, String token) throws Exception {
    for (URI address : List.of(lab.gateway.address(), lab.gateway.adminAddress())) {
      for (String request :
          List.of(
              Lab.rawRequest("GET", "/v1/models/" + token, "", ""),
              Lab.rawRequest("GET", "/api/keys/" + token, "", ""),
              Lab.rawRequest("GET", "/" + token + "?key=" + token, "", ""),
              Lab.rawRequest("GET", "/health/live", "User-Agent: " + token + "\r\n", ""),
              Lab.rawRequest("GET", "/%2e/" + token, "", ""),
              Lab.rawRequest(
                  "POST", "/v1/chat/completions", "Authorization: " + token + "\r\n", "{}"),
              Lab.rawRequest("POST", "/v1/chat/completions", token + "\r\n", "{}"),
              Lab.rawRequest(token, "/v1/chat/completions", "", ""),
              "GET " + token + "\r\n\r\n")) {
        assertThat(Lab.raw(address, request)).as(name + ": " + request).isNotEmpty();
      }
    }
    assertThat(lab.administer("GET", "/api/keys/" + token, "").statusCode()).isEqualTo(404);
    assertThat(lab.ask(token, "/v1/models/" + token, "").statusCode()).isNotEqualTo(200);
  }

  /** A key that is none of ours, where the vendors' own clients put it. */
  private static void sendAKeyOfItsOwn(Lab lab) throws Exception {
    for (URI address : List.of(lab.gateway.address(), lab.gateway.adminAddress())) {
      for (String request :
          List.of(
              Lab.rawRequest("POST", "/v1beta/models/fast:generateContent?key=" + OWN, "", "{}"),
              Lab.rawRequest(
                  "POST",
                  "/v1/chat/completions?api-key=" + OWN,
                  "x-api-key: " + OWN + "\r\n",
                  "{}"),
              Lab.rawRequest("GET", "/v1/models", "Authorization: Basic " + OWN + "\r\n", ""),
              Lab.rawRequest("GET", "http://app:" + OWN + "@127.0.0.1/v1/models", "", ""),
              Lab.rawRequest("GET", "/v1/models", "Cookie: key=" + OWN + "\r\n", ""),
              Lab.rawRequest("GET", "/v1/models", "Referer: http://a/?key=" + OWN + "\r\n", ""))) {
        assertThat(Lab.raw(address, request)).as(request).startsWith("HTTP/1.1 4");
      }
    }
  }

  /** The search itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a secret/of+some=length ",
        "Bearer%20secret%2Fof%2Bsome%3Dlength",
        "{\"a\":\"secret\\/of+some=length\"}",
        "{\"a\":\"secret/of\\u002Bsome=length\"}",
        "7365637265742f6f662b736f6d653d6c656e677468",
        "c2VjcmV0L29mK3NvbWU9bGVuZ3Ro",
        "QmVhcmVyIHNlY3JldC9vZitzb21lPWxlbmd0aA==",
        "secret/of+so…",
        "…some=length"
      })
  void findsASecretInEveryWriting(String text) {
    canaries.add("it", "secret/of+some=length");
    assertThat(canaries.in(text.getBytes(UTF_8))).containsExactly("it");
    assertThat(canaries.in("secret/of and some=leng")).isEmpty();
  }
}
