package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.gateway.fake.CapturedLog;
import dev.gatehouse.gateway.provider.StreamBounds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Streams that a provider does not end: passed on as they are, and translated. */
class EndlessStreamIT {
  private static final int BOUND = 64 << 10;

  /** Far beyond the bound; then the provider ends it well. */
  private static final int SENT = 4 << 20;

  /** Nano-USD for a token of output. */
  private static final long OUTPUT_PRICE = 2000;

  @TempDir private static Path folder;
  private static Lab small;
  private static Lab brief;

  @BeforeAll
  static void start() throws Exception {
    small = new Lab(folder.resolve("small"), new StreamBounds(Duration.ofHours(2), BOUND));
    brief = new Lab(folder.resolve("brief"), new StreamBounds(Duration.ofMillis(700), 1 << 30));
  }

  @AfterAll
  static void stop() throws Exception {
    small.close();
    brief.close();
  }

  /** A stream in parts: its beginning, a piece of text, its end. */
  private record Stream(String begin, String more, String end) {
    static Stream of(String target) {
      if (target.contains("/messages")) {
        return new Stream(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            """,
            """
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"so"}}

            """,
            """
            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}

            event: message_stop
            data: {"type":"message_stop"}

            """);
      }
      if (target.contains("/responses")) {
        return new Stream(
            """
            event: response.created
            data: {"type":"response.created","response":{"id":"r","status":"in_progress","error":null,"usage":null}}

            """,
            """
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"so"}

            """,
            """
            event: response.completed
            data: {"type":"response.completed","response":{"id":"r","usage":{"input_tokens":10,"output_tokens":9}}}

            """);
      }
      return new Stream(
          "",
          """
          data: {"id":"1","choices":[{"index":0,"delta":{"content":"so"},"finish_reason":null}]}

          """,
          """
          data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

          data: [DONE]

          """);
    }
  }

  private static OutputStream begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void endless(HttpExchange exchange, FakeProvider.Seen got) throws IOException {
    Stream stream = Stream.of(got.target());
    OutputStream out = begin(exchange);
    out.write(stream.begin().getBytes(UTF_8));
    byte[] more = stream.more().repeat(64).getBytes(UTF_8);
    for (int sent = 0; sent < SENT; sent += more.length) {
      out.write(more);
    }
    out.write(stream.end().getBytes(UTF_8));
  }

  private static String body(String path, String model) {
    String words =
        path.endsWith("/responses")
            ? "\"input\":\"hello\""
            : "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    return "{\"model\":\"%s\",\"stream\":true,%s}".formatted(model, words);
  }

  private static List<String> problems(CapturedLog log) {
    return log.lines().stream()
        .filter(line -> line.startsWith("WARNING") || line.startsWith("SEVERE"))
        .toList();
  }

  /** The last event is an error of the client's format, in which its SDK raises one. */
  private static void assertIsCut(String path, String body) {
    assertThat(body)
        .contains("so")
        .endsWith("\n\n")
        .doesNotContain("[DONE]", "message_stop", "response.completed", "\"finish_reason\":\"");
    String last = body.strip().substring(body.strip().lastIndexOf("\n\n") + 2);
    JsonNode data = Lab.JSON.readTree(last.substring(last.indexOf("data: ") + 6));
    switch (path) {
      case "/v1/messages" -> {
        assertThat(last).startsWith("event: error\n");
        assertThat(data.path("type").asString("")).isEqualTo("error");
        assertThat(data.path("error").path("message").asString("")).isNotEmpty();
      }
      case "/v1/responses" -> {
        assertThat(last).containsPattern("^event: (error|response\\.failed)\n");
        assertThat(data.toString()).contains("\"message\"");
      }
      default -> {
        assertThat(last).startsWith("data: ");
        assertThat(data.path("error").path("message").asString("")).isNotEmpty();
      }
    }
  }

  private static void assertPaysForWhatCame(Lab lab, String key, String body) throws Exception {
    long seen = body.split("\"so\"", -1).length - 1L;
    JsonNode shown = lab.shown(key);
    assertThat(shown.path("spent-nano-usd").asLong()).isGreaterThan(seen * OUTPUT_PRICE);
    assertThat(shown.path("reserved-nano-usd").asLong()).isZero();
    assertThat(shown.path("running").asLong()).isZero();
  }

  private static String answer(Lab lab, String path, String model) throws Exception {
    String key = path.substring(path.lastIndexOf('/') + 1) + "-" + model;
    String token = lab.key("{'name':'%s','budget':'100'}".formatted(key));
    HttpResponse<String> answer = lab.ask(token, path, body(path, model));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertIsCut(path, answer.body());
    assertPaysForWhatCame(lab, key, answer.body());
    return answer.body();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,fast",
    "/v1/chat/completions,claude",
    "/v1/messages,claude",
    "/v1/messages,fast",
    "/v1/responses,fast",
    "/v1/responses,claude"
  })
  void isCutAtItsMostBytesAndPaidFor(String path, String model) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      small.provider.answers(EndlessStreamIT::endless);

      assertThat(answer(small, path, model)).hasSizeLessThan(SENT / 2);
      assertThat(problems(log)).singleElement().asString().contains(BOUND + " bytes");
    }
  }

  /** The provider falls silent, for less than its time-out; then it would end well. */
  @ParameterizedTest
  @CsvSource({"/v1/chat/completions,fast", "/v1/messages,claude", "/v1/responses,claude"})
  void isCutAtItsLongestTimeAndPaidFor(String path, String model) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (CapturedLog log = new CapturedLog()) {
      brief.provider.answers((exchange, got) -> silent(exchange, Stream.of(got.target()), over));

      assertThat(answer(brief, path, model)).contains("in time");
      assertThat(problems(log)).hasSize(1);
    } finally {
      over.countDown();
    }
  }

  private static void silent(HttpExchange exchange, Stream stream, CountDownLatch over)
      throws IOException {
    OutputStream out = begin(exchange);
    out.write((stream.begin() + stream.more()).getBytes(UTF_8));
    out.flush();
    try {
      boolean cut = over.await(10, TimeUnit.SECONDS);
      out.write((cut ? stream.more() : stream.end()).getBytes(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
