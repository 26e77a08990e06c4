package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.gateway.fake.AwsEvent;
import dev.gatehouse.gateway.security.FakeProvider.Answering;
import dev.gatehouse.gateway.security.FakeProvider.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ways in which a provider gives back what it was sent, the key included. */
final class Echo {
  private Echo() {}

  /** All ways, by name. */
  static Map<String, Answering> all() {
    Map<String, Answering> all = new LinkedHashMap<>();
    all.put("answer", (exchange, got) -> answer(exchange, got, false, Echo::quoted));
    all.put("escaped answer", (exchange, got) -> answer(exchange, got, false, Echo::escaped));
    all.put("stream", (exchange, got) -> answer(exchange, got, true, Echo::quoted));
    all.put("stream in small pieces", Echo::pieces);
    all.put("stream of no events", (exchange, got) -> events(exchange, text(got)));
    all.put(
        "stream with a late error",
        (exchange, got) ->
            events(exchange, "data: " + chunk("\"so\"") + "\n\n" + "data: " + error(got) + "\n\n"));
    for (int status : new int[] {301, 400, 401, 429, 500}) {
      all.put(
          "JSON with " + status,
          (exchange, got) -> FakeProvider.send(exchange, status, "application/json", error(got)));
    }
    all.put(
        "escaped error",
        (exchange, got) ->
            FakeProvider.send(
                exchange, 400, "application/json", errorOf(escaped(text(got)), got.target())));
    all.put("text", (exchange, got) -> FakeProvider.send(exchange, 403, "text/plain", text(got)));
    all.put(
        "a page for JSON",
        (exchange, got) -> FakeProvider.send(exchange, 200, "text/html", "<p>" + text(got)));
    all.put(
        "half of JSON",
        (exchange, got) ->
            FakeProvider.send(exchange, 200, "application/json", "{\"a\":" + quoted(text(got))));
    all.put("headers", Echo::headers);
    all.put("a cut", Echo::cut);
    return all;
  }

  static String text(Seen got) {
    return got.target() + " " + got.headers() + " " + got.body();
  }

  private static String quoted(String text) {
    return Lab.JSON.writeValueAsString(text);
  }

  /** As writers of JSON do that want to be safe within HTML. */
  private static String escaped(String text) {
    return quoted(text).replace("/", "\\/").replace("+", "\\u002B").replace("=", "\\u003d");
  }

  private static String error(Seen got) {
    return errorOf(quoted(text(got)), got.target());
  }

  /** In the shape of every vendor at once. */
  private static String errorOf(String quoted, String target) {
    return target.contains("/v1/messages")
        ? "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":%s}}"
            .formatted(quoted)
        : "{\"error\":{\"message\":%s,\"type\":%s,\"code\":%s,\"status\":%s},\"message\":%s}"
            .formatted(quoted, quoted, quoted, quoted, quoted);
  }

  private static void answer(
      HttpExchange exchange, Seen got, boolean streamed, Function<String, String> writing)
      throws IOException {
    String text = writing.apply(text(got));
    String target = got.target();
    if (target.contains("/converse-stream") && streamed) {
      exchange.getResponseHeaders().set("Content-Type", "application/vnd.amazon.eventstream");
      exchange.sendResponseHeaders(200, 0);
      for (Map.Entry<String, String> event : converseEvents(text)) {
        exchange
            .getResponseBody()
            .write(AwsEvent.event(event.getKey(), Lab.JSON.readTree(event.getValue())));
      }
    } else if (streamed) {
      events(exchange, stream(target, text));
    } else {
      FakeProvider.send(exchange, 200, "application/json", whole(target, text));
    }
  }

  private static String whole(String target, String text) {
    if (target.contains("/v1/messages")) {
      return """
          {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":%s}],\
          "stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":5}}"""
          .formatted(text);
    }
    if (target.contains("enerateContent")) {
      return """
          {"candidates":[{"content":{"role":"model","parts":[{"text":%s}]},"finishReason":"STOP"}],\
          "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5}}"""
          .formatted(text);
    }
    if (target.contains("/v2/chat")) {
      return """
          {"id":"1","message":{"role":"assistant","content":[{"type":"text","text":%s}]},\
          "finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":10,"output_tokens":5}}}"""
          .formatted(text);
    }
    if (target.contains("/converse")) {
      return """
          {"output":{"message":{"role":"assistant","content":[{"text":%s}]}},\
          "stopReason":"end_turn","usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15}}"""
          .formatted(text);
    }
    return """
        {"id":"1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",\
        "content":%s},"finish_reason":"stop"}],"data":[{"embedding":[1.0],"index":0}],"results":[],\
        "usage":{"prompt_tokens":10,"completion_tokens":5}}"""
        .formatted(text);
  }

  private static String chunk(String text) {
    return """
        {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":\
        {"role":"assistant","content":%s},"finish_reason":null}]}"""
        .formatted(text);
  }

  private static String stream(String target, String text) {
    if (target.contains("/v1/messages")) {
      return """
          event: message_start
          data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}

          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":%s}}

          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}

          event: message_stop
          data: {"type":"message_stop"}

          """
          .formatted(text);
    }
    if (target.contains("enerateContent")) {
      return "data: " + whole(target, text) + "\n\n";
    }
    if (target.contains("/v2/chat")) {
      return """
          event: message-start
          data: {"id":"1","type":"message-start","delta":{"message":{"role":"assistant","content":[]}}}

          event: content-start
          data: {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}

          event: content-delta
          data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":%s}}}}

          event: content-end
          data: {"type":"content-end","index":0}

          event: message-end
          data: {"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":10,"output_tokens":5}}}}

          """
          .formatted(text);
    }
    return """
        data: %s

        data: {"id":"1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}

        data: [DONE]

        """
        .formatted(chunk(text));
  }

  private static List<Map.Entry<String, String>> converseEvents(String text) {
    return List.of(
        Map.entry("messageStart", "{\"role\":\"assistant\"}"),
        Map.entry(
            "contentBlockDelta",
            "{\"contentBlockIndex\":0,\"delta\":{\"text\":%s}}".formatted(text)),
        Map.entry("contentBlockStop", "{\"contentBlockIndex\":0}"),
        Map.entry("messageStop", "{\"stopReason\":\"end_turn\"}"),
        Map.entry(
            "metadata", "{\"usage\":{\"inputTokens\":10,\"outputTokens\":5,\"totalTokens\":15}}"));
  }

  private static void events(HttpExchange exchange, String text) throws IOException {
    FakeProvider.send(exchange, 200, "text/event-stream", text);
  }

  /** So that no key is within one of them. */
  private static void pieces(HttpExchange exchange, Seen got) throws IOException {
    byte[] bytes = stream(got.target(), quoted(text(got))).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    for (int at = 0; at < bytes.length; at += 7) {
      exchange.getResponseBody().write(bytes, at, Math.min(7, bytes.length - at));
      exchange.getResponseBody().flush();
    }
  }

  /** In every header that a gateway could pass on. */
  private static void headers(HttpExchange exchange, Seen got) throws IOException {
    List<String> keys = new ArrayList<>();
    for (String name :
        new String[] {
          "authorization", "api-key", "x-api-key", "x-goog-api-key", "x-amz-security-token"
        }) {
      if (got.headers().containsKey(name)) {
        keys.add(got.headers().get(name));
      }
    }
    String key = String.join(" ", keys);
    for (String name :
        new String[] {
          "X-Request-Id",
          "Set-Cookie",
          "Location",
          "Retry-After",
          "retry-after-ms",
          "Server",
          "WWW-Authenticate",
          "x-should-retry",
          "x-ratelimit-remaining-requests",
          "openai-processing-ms"
        }) {
      exchange.getResponseHeaders().set(name, key);
    }
    boolean failing = got.body().length() % 2 == 0;
    FakeProvider.send(
        exchange,
        failing ? 429 : 200,
        "application/json; of=\"" + key + "\"",
        failing ? "{}" : whole(got.target(), "\"yes\""));
  }

  private static void cut(HttpExchange exchange, Seen got) throws IOException {
    byte[] bytes = stream(got.target(), quoted(text(got))).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, bytes.length + 100L);
    exchange.getResponseBody().write(bytes);
    throw new IOException("cut");
  }
}
