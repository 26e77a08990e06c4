package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.fake.CapturedLog;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ModelSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys that are traps, and keys that may spend so much and no more. */
class DecoysAndBudgetsIT {
  private static final String CALL = "/v1/chat/completions";

  /** 10 tokens of input at 1 and 5 of output at 2 USD per million. */
  private static final long COST = 20_000;

  private static final Pattern NUMBER = Pattern.compile("\"content\":\"call (\\d+)\"");

  @TempDir private Path folder;

  private static List<String> requests(String token) {
    List<String> requests = new ArrayList<>();
    for (String header : List.of("Authorization: Bearer ", "x-api-key: ", "api-key: ")) {
      String headers = header + token + "\r\n";
      for (String path :
          List.of(
              CALL,
              "/chat/completions",
              "/v1/responses",
              "/v1/messages",
              "/v1/messages/count_tokens",
              "/v1/embeddings",
              "/v1/rerank",
              "/openai/deployments/fast/chat/completions",
              "/openai/deployments/none/embeddings")) {
        for (String body : List.of(Lab.CHAT, "", "{", "{\"model\":\"none\"}")) {
          requests.add(Lab.rawRequest("POST", path, headers, body));
        }
        requests.add(Lab.rawRequest("GET", path, headers, ""));
      }
      for (String path : List.of("/v1/models", "/v1/models/fast", "/v1/nothing", "/health/live")) {
        requests.add(Lab.rawRequest("GET", path, headers, ""));
      }
      requests.add(
          "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: 9999999999\r\n\r\n"
              .formatted(CALL, headers));
    }
    return requests;
  }

  /** Without what differs between any two answers: the time, and the call's id. */
  private static String comparable(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return answer
        .replaceAll("(?m)^Date: .*\r\n", "")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "(id)");
  }

  @Test
  void answersADecoyAsAKeyThatNeverWas() throws Exception {
    try (Lab lab = new Lab(folder)) {
      String decoy = lab.key("{'name':'decoy','decoy':true,'models':['fast'],'budget':'1'}");
      String revoked = lab.key("{'name':'revoked'}");
      lab.administer("POST", "/api/keys/revoked/revoke", "{\"reason\":\"left\"}");
      String never = decoy.substring(0, 20) + new StringBuilder(decoy.substring(20)).reverse();
      List<String> ofDecoy = requests(decoy);
      List<String> ofNever = requests(never);
      List<String> ofRevoked = requests(revoked);
      int refused = 0;
      for (int i = 0; i < ofDecoy.size(); i++) {
        String expected = comparable(Lab.raw(lab.gateway.address(), ofNever.get(i)));
        assertThat(comparable(Lab.raw(lab.gateway.address(), ofDecoy.get(i))))
            .as(ofDecoy.get(i))
            .isEqualTo(expected);
        assertThat(comparable(Lab.raw(lab.gateway.address(), ofRevoked.get(i))))
            .isEqualTo(expected);
        refused += expected.startsWith("HTTP/1.1 401") ? 1 : 0;
      }
      assertThat(refused).isGreaterThan(100);
      assertThat(lab.provider.seen()).isEmpty();
      assertThat(lab.shown("decoy").path("spent-nano-usd").asLong()).isZero();
    }
  }

  @Test
  void raisesTheAlarmForADecoyAndForNothingElse() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer hook = HttpServer.create(new InetSocketAddress(Lab.LOOPBACK, 0), 0);
    hook.createContext(
        "/alarm",
        exchange -> {
          try (exchange) {
            told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            FakeProvider.send(exchange, 200, "text/plain", "");
          }
        });
    hook.start();
    String address = "http://127.0.0.1:" + hook.getAddress().getPort() + "/alarm";
    try (CapturedLog log = new CapturedLog();
        Lab lab =
            new Lab(
                folder, Map.of("HOOK", address), new KeyReference.Variable("HOOK"), List.of())) {
      String decoy = lab.key("{'name':'left-in-a-repository','decoy':true}");
      String revoked = lab.key("{'name':'revoked'}");
      lab.administer("POST", "/api/keys/revoked/revoke", "{\"reason\":\"left\"}");
      lab.ask(revoked, CALL, Lab.CHAT);
      lab.ask(decoy + "A", CALL, Lab.CHAT);
      lab.ask(decoy, CALL, Lab.CHAT);

      JsonNode alarm = Lab.JSON.readTree(String.valueOf(told.poll(30, TimeUnit.SECONDS)));
      assertThat(alarm.path("event").asString()).isEqualTo("decoy-used");
      assertThat(alarm.path("decoy").asString()).isEqualTo("left-in-a-repository");
      assertThat(alarm.path("address").asString()).isEqualTo("127.0.0.1");
      assertThat(alarm.path("endpoint").asString()).isEqualTo("chat");
      assertThat(alarm.toString()).doesNotContain(decoy);
      assertThat(told).isEmpty();
      assertThat(log.lines())
          .filteredOn(line -> line.contains("The decoy"))
          .singleElement()
          .satisfies(line -> assertThat(line).contains("left-in-a-repository", "127.0.0.1"));
      assertThat(lab.administer("GET", "/metrics", "").body())
          .contains("gatehouse_gateway_decoys_used_total 1.0")
          .contains("gatehouse_gateway_keys_refused_total{cause=\"revoked\"} 1.0")
          .contains("gatehouse_gateway_keys_refused_total{cause=\"unknown\"} 1.0");
      assertThat(lab.administer("GET", "/api/audit-log", "").body()).containsOnlyOnce("decoy-used");
    } finally {
      hook.stop(0);
    }
  }

  /** What once made a client try 1.6 million times. */
  @Test
  void neverLetsASpentBudgetLookAsIfAnotherTryCouldHelp() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.administer("POST", "/api/teams", "{\"name\":\"t\",\"budget\":\"0.00002\"}");
      lab.administer("POST", "/api/users", "{\"name\":\"u\",\"budget\":\"0.00002\"}");
      List<String> tokens =
          List.of(
              lab.key("{'name':'k','budget':'0.00002','budget-period':'monthly'}"),
              lab.key("{'name':'of-team','team':'t'}"),
              lab.key("{'name':'of-user','user':'u'}"));
      for (String token : tokens) {
        assertThat(lab.ask(token, CALL, Lab.CHAT).statusCode()).isEqualTo(200);
      }
      lab.provider.forget();
      for (String token : tokens) {
        for (String path :
            List.of(CALL, "/v1/responses", "/v1/messages", "/v1/embeddings", "/v1/rerank")) {
          for (String more : List.of("", ",\"stream\":true")) {
            String body =
                "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                    + "\"input\":\"x\",\"query\":\"x\",\"documents\":[\"x\"],\"max_tokens\":5"
                    + more
                    + "}";
            HttpResponse<String> answer =
                lab.ask(
                    token,
                    path,
                    path.endsWith("messages")
                        ? body.replaceAll(",\"(input|query)\":\"x\"|,\"documents\":\\[\"x\"\\]", "")
                        : body,
                    "x-litellm-num-retries",
                    "9");
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(402);
            assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(answer.headers().map().keySet())
                .doesNotContain("retry-after", "retry-after-ms");
            assertThat(answer.body())
                .contains("is spent")
                .doesNotContainIgnoringCase("try again", "rate_limit", "overloaded", "timeout");
          }
        }
      }
      assertThat(lab.provider.seen()).isEmpty();
    }
  }

  private static Matcher number(String body) {
    Matcher number = NUMBER.matcher(body);
    assertThat(number.find()).as(body).isTrue();
    return number;
  }

  private static int promptOf(int call) {
    return 1 + call * 7919 % 997;
  }

  private static int outputOf(int call) {
    return call * 104_729 % 499;
  }

  /** Each part rounded up by itself, as the documentation says. */
  private static long costOf(int call, BigDecimal input, BigDecimal output) {
    return nano(promptOf(call), input) + nano(outputOf(call), output);
  }

  private static long nano(int tokens, BigDecimal usdPerMillion) {
    return usdPerMillion
        .multiply(BigDecimal.valueOf(tokens))
        .movePointRight(3)
        .setScale(0, RoundingMode.UP)
        .longValueExact();
  }

  private static GatewaySettings.Models withModels(
      GatewaySettings.Models models, List<ModelSettings> others, boolean allowUnpriced) {
    return new GatewaySettings.Models(
        models.providers(),
        others,
        models.aliases(),
        models.retries(),
        models.allowedFails(),
        models.cooldown(),
        models.defaultFallbacks(),
        models.dropUnsupported(),
        allowUnpriced,
        models.largestRequest());
  }

  private static ModelSettings priced(
      String name, ModelSettings.@Nullable Prices prices, List<String> fallbacks) {
    return new ModelSettings(
        name,
        "openai",
        "m-" + name,
        prices,
        null,
        null,
        1,
        null,
        null,
        fallbacks,
        List.of(),
        List.of());
  }

  /** Another gateway lost two of a hundred to rounding. */
  @Test
  void countsAThousandOddPricesToTheNanoDollar() throws Exception {
    BigDecimal input = new BigDecimal("0.333333");
    BigDecimal output = new BigDecimal("1.777777");
    try (Lab lab = new Lab(folder)) {
      lab.gateway.apply(
          withModels(
              Lab.models(lab.provider.port()),
              List.of(
                  priced(
                      "odd", new ModelSettings.Prices(input, output, null, null, null), List.of())),
              false));
      lab.provider.answers(
          (exchange, got) -> {
            int call = Integer.parseInt(number(got.body()).group(1));
            FakeProvider.send(
                exchange,
                200,
                "application/json",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}"
                    .formatted(promptOf(call), outputOf(call)));
          });
      String token = lab.key("{'name':'app','budget':'100'}");
      long expected = 0;
      BigDecimal told = BigDecimal.ZERO;
      for (int from = 0; from < 1000; from += 50) {
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int call = from; call < from + 50; call++) {
          expected += costOf(call, input, output);
          running.add(
              lab.client.sendAsync(
                  HttpRequest.newBuilder(lab.gateway.address().resolve(CALL))
                      .header("Authorization", "Bearer " + token)
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              Lab.CHAT.replace("fast", "odd").replace("hello", "call " + call)))
                      .build(),
                  BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> one : running) {
          HttpResponse<String> answer = one.join();
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          told =
              told.add(
                  new BigDecimal(
                      answer.headers().firstValue("x-litellm-response-cost").orElseThrow()));
        }
      }
      assertThat(lab.shown("app").path("spent-nano-usd").asLong()).isEqualTo(expected);
      assertThat(told.movePointRight(9).longValueExact()).isEqualTo(expected);
      JsonNode usage =
          Lab.JSON.readTree(lab.administer("GET", "/api/usage?by=key", "").body()).path("usage");
      assertThat(usage.get(0).path("nano-usd").asLong()).isEqualTo(expected);
      assertThat(usage.get(0).path("calls").asLong()).isEqualTo(1000);
    }
  }

  @Test
  void lendsNothingForAModelWithoutAPrice() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.gateway.apply(
          withModels(
              Lab.models(lab.provider.port()),
              List.of(priced("free", null, List.of()), Lab.model("fast", "openai")),
              false));
      for (String token :
          List.of(lab.key("{'name':'rich','budget':'1000'}"), lab.key("{'name':'any'}"))) {
        for (String model : List.of("free", "openai/m-free", "openai:any", "anthropic/any")) {
          HttpResponse<String> answer = lab.ask(token, CALL, Lab.CHAT.replace("fast", model));
          assertThat(answer.statusCode()).as(model + answer.body()).isEqualTo(403);
          assertThat(answer.body()).contains("model_without_price");
        }
        assertThat(lab.provider.seen()).isEmpty();
      }
      // A failure does not lead to one, either.
      lab.gateway.apply(
          withModels(
              Lab.models(lab.provider.port()),
              List.of(
                  priced("free", null, List.of()),
                  priced("fast", Lab.model("fast", "openai").prices(), List.of("free"))),
              false));
      lab.provider.answers(
          (exchange, got) -> FakeProvider.send(exchange, 500, "application/json", "{}"));
      lab.ask(lab.key("{'name':'falling'}"), CALL, Lab.CHAT);
      assertThat(lab.provider.seen())
          .isNotEmpty()
          .allMatch(seen -> seen.body().contains("\"m-fast\""));
    }
  }

  /** What is looked at while calls wait for their answers. */
  private interface Look {
    void at(Lab lab) throws Exception;
  }

  /**
   * Asks with a key for each body, and looks when the provider has heard of all of them.
   *
   * @param bodies by the names of their keys
   */
  private void whileAsked(Map<String, String> bodies, Look meanwhile, Look afterwards)
      throws Exception {
    try (Lab lab = new Lab(folder)) {
      FakeProvider.Held held = lab.provider.hold(bodies.size());
      List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
      for (Map.Entry<String, String> body : bodies.entrySet()) {
        String token = lab.key("{'name':'%s','budget':'10'}".formatted(body.getKey()));
        running.add(
            lab.client.sendAsync(
                HttpRequest.newBuilder(lab.gateway.address().resolve(CALL))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(body.getValue()))
                    .build(),
                BodyHandlers.ofString()));
      }
      held.awaitAsked();
      meanwhile.at(lab);
      held.release();
      running.forEach(CompletableFuture::join);
      afterwards.at(lab);
    }
  }

  private static String chat(String model, String more) {
    return Lab.CHAT.replace("\"fast\"", '"' + model + '"').replace("}]}", "}]" + more + "}");
  }

  /** The whole of what a call may cost is set aside before the provider hears of it. */
  @Test
  void setsAsideBeforeItAsksAndCountsAfterwards() throws Exception {
    Map<String, String> bodies =
        Map.of(
            "bounded", chat("fast", ",\"max_tokens\":100"),
            "unbounded", chat("fast", ""),
            "without-end", chat("fast", ",\"max_tokens\":-1"),
            "twice", chat("fast", ",\"max_tokens\":100,\"n\":2"));
    whileAsked(
        bodies,
        lab -> {
          long bounded = reserved(lab, "bounded");
          // 100 tokens of output at 2 USD a million, and the input.
          assertThat(bounded).isBetween(200_000L, 400_000L);
          assertThat(reserved(lab, "twice")).isBetween(bounded + 200_000, bounded + 220_000);
          assertThat(reserved(lab, "unbounded")).isGreaterThan(50_000_000);
          assertThat(reserved(lab, "without-end")).isGreaterThan(50_000_000);
        },
        lab -> {
          for (String name : bodies.keySet()) {
            assertThat(reserved(lab, name)).as(name).isZero();
            assertThat(lab.shown(name).path("spent-nano-usd").asLong()).as(name).isEqualTo(COST);
          }
        });
  }

  /** 4,096 tokens at 15 USD a million, whatever the client allows. */
  @Test
  void setsAsideNoMoreThanTheModelCanWrite() throws Exception {
    String model = "openai/gpt-4o-2024-05-13";
    whileAsked(
        Map.of("unbounded", chat(model, ""), "greedy", chat(model, ",\"max_tokens\":1000000")),
        lab -> {
          assertThat(reserved(lab, "unbounded")).isBetween(61_440_000L, 63_000_000L);
          assertThat(reserved(lab, "greedy")).isBetween(61_440_000L, 63_000_000L);
        },
        lab -> assertThat(reserved(lab, "greedy")).isZero());
  }

  private static long reserved(Lab lab, String name) throws Exception {
    return lab.shown(name).path("reserved-nano-usd").asLong();
  }
}
