package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What costs memory, connections or money has an end. */
class LimitsIT {
  private static final String CALL = "/v1/chat/completions";

  /** What the laboratory's gateway takes. */
  private static final int LARGEST = 1 << 20;

  private static final List<String> PATHS =
      List.of(
          CALL,
          "/v1/responses",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/v1/embeddings",
          "/v1/rerank",
          "/openai/deployments/fast/chat/completions");

  @TempDir private Path folder;
  private Lab lab;
  private String token;

  @BeforeEach
  void start() throws Exception {
    lab = new Lab(folder);
    token = lab.key("{'name':'app','budget':'100'}");
  }

  @AfterEach
  void stop() throws Exception {
    lab.close();
  }

  private String bearer() {
    return "Authorization: Bearer " + token + "\r\n";
  }

  private String raw(String request) throws IOException {
    return Lab.raw(lab.gateway.address(), request);
  }

  @Test
  void takesNoHeadersThatAreTooLargeOrTooMany() throws Exception {
    String many = "X-Some: 1\r\n".repeat(2000);
    String large = "X-Some: " + "x".repeat(17 * 1024) + "\r\n";
    for (String headers : List.of(many, large, "Cookie: a=" + "b; a=".repeat(4000) + "\r\n")) {
      assertThat(raw(Lab.rawRequest("POST", CALL, bearer() + headers, Lab.CHAT)))
          .startsWith("HTTP/1.1 431 ");
      assertThat(
              Lab.raw(lab.gateway.adminAddress(), Lab.rawRequest("GET", "/api/keys", headers, "")))
          .startsWith("HTTP/1.1 431 ");
    }
    assertThat(raw("GET /" + "x".repeat(17 * 1024) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
    assertThat(lab.provider.seen()).isEmpty();
    assertThat(
            raw(
                Lab.rawRequest(
                    "POST", CALL, bearer() + "X-Some: " + "x".repeat(8000) + "\r\n", Lab.CHAT)))
        .startsWith("HTTP/1.1 200 ");
  }

  private static String chunked(String path, String headers, String body) {
    StringBuilder request = new StringBuilder();
    request.append("POST ").append(path).append(" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
    request.append(headers).append("Transfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length(); at += 65_536) {
      String part = body.substring(at, Math.min(body.length(), at + 65_536));
      request.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    return request.append("0\r\n\r\n").toString();
  }

  @Test
  void takesNoBodyThatIsTooLargeWhetherItSaysSoOrNot() throws Exception {
    String large = Lab.CHAT.replace("hello", "x".repeat(LARGEST));
    String fits = Lab.CHAT.replace("hello", "x".repeat(LARGEST - Lab.CHAT.length()));
    for (String path : PATHS) {
      assertThat(raw(chunked(path, bearer(), large))).startsWith("HTTP/1.1 413 ");
      // What is only announced is answered before it comes.
      assertThat(
              raw(
                  "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: 99999999999\r\n\r\n{"
                      .formatted(path, bearer())))
          .startsWith("HTTP/1.1 413 ");
    }
    assertThat(lab.provider.seen()).isEmpty();
    assertThat(raw(chunked(CALL, bearer(), fits))).startsWith("HTTP/1.1 200 ");
    assertThat(lab.administer("POST", "/api/keys", " ".repeat((1 << 20) + 1)).statusCode())
        .isEqualTo(413);
  }

  /** Of a stranger no body is read: none of it comes, and he has his answer. */
  @Test
  void readsNothingOfAStranger() throws Exception {
    for (String path : PATHS) {
      for (String headers : List.of("", "Authorization: Bearer sk-gatehouse-x\r\n")) {
        assertThat(
                raw(
                    "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: 100000\r\n\r\n"
                        .formatted(path, headers)))
            .startsWith("HTTP/1.1 401 ")
            .containsIgnoringCase("connection: close");
      }
    }
    assertThat(
            Lab.raw(
                lab.gateway.adminAddress(),
                "POST /api/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"))
        .startsWith("HTTP/1.1 401 ");
  }

  /** Where the gateway judged by one reading, the provider would act by the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model':'fast','model':'claude','messages':[]}",
        "{'model':'fast','mod\\u0065l':'claude','messages':[]}",
        "{'model':'fast','messages':[],'stream':true,'stream':false}",
        "{'model':'fast','messages':[]}{'model':'claude'}",
        "{'model':'fast','messages':[]} x",
        "{'model':'fast','messages':[],}",
        "{'model':'fast','messages':[] /* so */}",
        "{'model':'fast','messages':[],'top_p':NaN}",
        "{'model':'fast','messages':[],'max_tokens':99999999999999999999}",
        "{'model':['fast'],'messages':[]}",
        "{'model':null,'messages':[]}",
        "{'messages':[]}",
        "[{'model':'fast','messages':[]}]",
        "\u00ef\u00bb\u00bf{'model':'fast','messages':[]}",
        "{\0'\0m\0",
        "'fast'",
        "{}",
        ""
      })
  void takesNoBodyThatCanBeReadInTwoWays(String body) throws Exception {
    for (String path : PATHS) {
      if (path.startsWith("/openai/") && body.matches("\\{('model':null,)?'messages':\\[]}")) {
        continue; // Its path names the model.
      }
      String answer = raw(Lab.rawRequest("POST", path, bearer(), body.replace('\'', '"')));
      assertThat(answer).as(path).startsWith("HTTP/1.1 400 ");
    }
    assertThat(lab.provider.seen()).isEmpty();
  }

  @Test
  void takesNoJsonThatIsTooDeepOrNumbersThatAreTooLong() throws Exception {
    for (String value :
        List.of(
            "[".repeat(200) + "]".repeat(200),
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "[".repeat(100_000),
            "1".repeat(1000),
            "1e" + "9".repeat(100),
            "{\"" + "n".repeat(10_000) + "\":1}")) {
      for (String path : PATHS) {
        String body = Lab.CHAT.replace("}]}", "}],\"metadata\":" + value + "}");
        assertThat(lab.ask(token, path, body).statusCode())
            .as("%s with %.20s", path, value)
            .isEqualTo(400);
      }
      assertThat(lab.administer("POST", "/api/keys", "{\"name\":" + value + "}").statusCode())
          .isEqualTo(400);
    }
    assertThat(lab.provider.seen()).isEmpty();
  }

  /** JSON bounds no exponent, and to write such a number out would take all the memory there is. */
  @Test
  void answersNumbersThatNoMemoryHolds() throws Exception {
    for (String number :
        List.of("1e99999999999999", "1e999999999", "-1e999999999", "1e-999999999")) {
      for (String model : List.of("fast", "claude", "gem", "coh", "rock")) {
        for (String field : List.of("max_tokens", "temperature", "top_p", "n", "seed", "stop")) {
          String body =
              Lab.CHAT
                  .replace("fast", model)
                  .replace("}]}", "}],\"%s\":%s}".formatted(field, number));
          assertThat(lab.ask(token, CALL, body).statusCode())
              .as("%s of %s for %s", number, field, model)
              .isIn(200, 400, 502);
        }
      }
      for (String field : List.of("name", "budget", "requests-per-minute", "expires", "decoy")) {
        String body = "{\"name\":\"a\",\"%s\":%s}".formatted(field, number);
        assertThat(lab.administer("POST", "/api/keys", body).statusCode()).as(body).isEqualTo(400);
      }
      for (String field : List.of("max_budget", "rpm_limit")) {
        String body = "{\"%s\":%s}".formatted(field, number);
        assertThat(lab.administer("POST", "/key/generate", body).statusCode())
            .as(body)
            .isEqualTo(400);
      }
    }
  }

  /** What one server takes for one request, and another for two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Host: other",
        " X: folded",
        "X\0Y: 1"
      })
  void takesNoRequestWithTwoEnds(String headers) throws Exception {
    String answer =
        raw(
            "POST %s HTTP/1.1\r\nHost: a\r\n%s%s\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: a\r\n%s\r\n"
                .formatted(CALL, bearer(), headers, bearer()));
    assertThat(answer).containsPattern("^HTTP/1.1 (400|501) ").doesNotContain("HTTP/1.1 200");
    assertThat(lab.provider.seen()).isEmpty();
  }

  private HttpRequest call(String with, String model) {
    return HttpRequest.newBuilder(lab.gateway.address().resolve(CALL))
        .header("Authorization", "Bearer " + with)
        .POST(HttpRequest.BodyPublishers.ofString(Lab.CHAT.replace("fast", model)))
        .build();
  }

  @Test
  void letsAKeyHaveItsCallsAtOnceAndNoMore() throws Exception {
    String few = lab.key("{'name':'few','concurrent':3}");
    FakeProvider.Held held = lab.provider.hold(3);
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(lab.client.sendAsync(call(few, "fast"), BodyHandlers.ofString()));
    }
    held.awaitAsked();
    for (String model : List.of("fast", "claude", "az")) {
      HttpResponse<String> refused = lab.client.send(call(few, model), BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
    }
    assertThat(lab.provider.seen()).hasSize(3);
    CompletableFuture<HttpResponse<String>> others =
        lab.client.sendAsync(call(token, "fast"), BodyHandlers.ofString());
    held.release();
    assertThat(others.join().statusCode()).isEqualTo(200);
    running.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    assertThat(lab.ask(few, CALL, Lab.CHAT).statusCode()).isEqualTo(200);
  }

  /** Writes for as long as the gateway takes it, and counts. */
  private static final class Endless implements WireProvider.Saying {
    final AtomicLong sent = new AtomicLong();
    final CountDownLatch left = new CountDownLatch(1);
    private final String head;
    private final String more;

    Endless(String head, String more) {
      this.head = head;
      this.more = more;
    }

    @Override
    public void say(OutputStream out) throws IOException {
      byte[] bytes = more.getBytes(ISO_8859_1);
      try {
        out.write(head.getBytes(ISO_8859_1));
        while (sent.get() < 1L << 30) {
          out.write(bytes);
          sent.addAndGet(bytes.length);
        }
      } finally {
        left.countDown();
      }
    }
  }

  /** An answer, an error, a header and interim answers without end. */
  @Test
  void takesNoAnswerWithoutEnd() throws Exception {
    String json = "Content-Type: application/json\r\n\r\n";
    String filler = "x".repeat(64 << 10);
    List<Endless> all =
        List.of(
            new Endless("HTTP/1.1 200 OK\r\n" + json + "{\"a\":\"", filler),
            new Endless("HTTP/1.1 500 So\r\n" + json + "{\"error\":{\"message\":\"", filler),
            new Endless("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n" + json, filler),
            new Endless("HTTP/1.1 200 OK\r\n", "X-Some: " + filler.substring(1000) + "\r\n"));
    for (Endless endless : all) {
      try (WireProvider wire = new WireProvider()) {
        wire.says(endless);
        lab.gateway.apply(Lab.models(wire.port()));
        for (String model : List.of("fast", "claude")) {
          HttpResponse<String> answer =
              lab.client.send(call(token, model), BodyHandlers.ofString());
          assertThat(answer.statusCode()).as(endless.head).isBetween(500, 502);
          assertThat(answer.body()).hasSizeLessThan(128 << 10);
        }
        assertThat(endless.left.await(30, TimeUnit.SECONDS)).as(endless.head).isTrue();
        // Of an error, no more is read than what it says; the rest lies in sockets.
        long most = endless.head.startsWith("HTTP/1.1 500") ? 40L << 20 : 400L << 20;
        assertThat(endless.sent.get()).as(endless.head).isLessThan(most);
      }
    }
  }

  private JsonNode settled(String name) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    JsonNode shown = lab.shown(name);
    while (shown.path("running").asLong() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      shown = lab.shown(name);
    }
    assertThat(shown.path("running").asLong()).as(shown.toString()).isZero();
    return shown;
  }

  /** A client that leaves ends the provider's work, and pays for what was done. */
  @ParameterizedTest
  @ValueSource(strings = {"fast", "claude", "gem"})
  void leavesTheProviderWithTheClientAndCountsWhatCame(String model) throws Exception {
    String begin =
        switch (model) {
          case "claude" ->
              """
              data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}

              data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

              """;
          default -> "";
        };
    String more =
        switch (model) {
          case "claude" ->
              "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"so\"}}\n\n";
          case "gem" ->
              "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"so\"}]}}]}\n\n";
          default -> "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"}}]}\n\n";
        };
    Endless endless =
        new Endless("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + begin, more);
    try (WireProvider wire = new WireProvider()) {
      wire.says(endless);
      lab.gateway.apply(Lab.models(wire.port()));
      try (Socket client = new Socket(Lab.LOOPBACK, lab.gateway.address().getPort())) {
        client.setSoTimeout(30_000);
        String body = Lab.CHAT.replace("fast", model).replace("}]}", "}],\"stream\":true}");
        client
            .getOutputStream()
            .write(Lab.rawRequest("POST", CALL, bearer(), body).getBytes(ISO_8859_1));
        byte[] some = client.getInputStream().readNBytes(4096);
        assertThat(new String(some, ISO_8859_1)).startsWith("HTTP/1.1 200 ").contains("so");
        assertThat(lab.shown("app").path("running").asLong()).isOne();
      }
      assertThat(endless.left.await(30, TimeUnit.SECONDS)).as("the provider is left").isTrue();
      JsonNode shown = settled("app");
      // No fewer tokens of output, at 2 USD a million, than the client has seen.
      assertThat(shown.path("spent-nano-usd").asLong()).isGreaterThan(10 * 2000);
      assertThat(shown.path("reserved-nano-usd").asLong()).isZero();
    }
  }
}
