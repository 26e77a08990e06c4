package dev.gatehouse.gateway.fake;

import dev.gatehouse.gateway.fake.Play.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's Messages API. */
final class AnthropicFake implements Vendor {
  private final String key;

  AnthropicFake(String key) {
    this.key = key;
  }

  @Override
  public Reply answer(Received request) throws Refusal {
    Checks.key(request, "x-api-key", key);
    if (!request.header("anthropic-version").orElse("").equals("2023-06-01")) {
      throw new Refusal(400, "", "anthropic-version: header is required");
    }
    Checks.transport(request, "POST");
    return switch (request.path()) {
      case "/v1/messages" -> {
        JsonNode body = Checks.body(request, AnthropicShapes.MESSAGES);
        rules(body);
        yield new Answering(body).reply();
      }
      case "/v1/messages/count_tokens" -> {
        rules(Checks.body(request, AnthropicShapes.COUNT_TOKENS));
        yield Reply.json(200, Json.object("input_tokens", Play.INPUT));
      }
      default -> throw new Refusal(404, "", "Not found");
    };
  }

  private static void rules(JsonNode body) throws Refusal {
    if (body.path("model").asString("").contains("unknown")) {
      throw new Refusal(404, "", "model: " + body.path("model").asString(""));
    }
    JsonNode thinking = body.path("thinking");
    boolean thinks = Set.of("enabled", "adaptive").contains(thinking.path("type").asString(""));
    if (thinking.path("type").asString("").equals("enabled") && body.has("max_tokens")) {
      Checks.require(
          thinking.path("budget_tokens").asLong() < body.path("max_tokens").asLong(),
          "max_tokens",
          "`max_tokens` must be greater than `thinking.budget_tokens`");
    }
    if (thinks) {
      Checks.require(
          !body.has("temperature") || body.path("temperature").asDouble() == 1,
          "temperature",
          "`temperature` may only be set to 1 when thinking is enabled");
      Checks.require(!body.has("top_k"), "top_k", "`top_k` must be unset when thinking");
      Checks.require(
          !Set.of("any", "tool").contains(body.path("tool_choice").path("type").asString("")),
          "tool_choice",
          "Thinking may not be enabled when tool_choice forces tool use");
    }
    Checks.require(
        !body.has("tool_choice") || body.has("tools"),
        "tool_choice",
        "tool_choice may only be specified while providing tools");
    Checks.require(
        !body.has("temperature") || !body.has("top_p"),
        "temperature",
        "`temperature` and `top_p` cannot both be specified for this model");
    int caches = Json.text(body).split("\"cache_control\":\\{", -1).length - 1;
    Checks.require(caches <= 4, "", "at most 4 blocks with cache_control, found " + caches);
    turns(body.path("messages"));
  }

  /**
   * Each call has its result at the beginning of the next turn, and no result is without a call.
   */
  private static void turns(JsonNode messages) throws Refusal {
    Checks.require(
        messages.get(0).path("role").asString("").equals("user"),
        "messages[0].role",
        "first message must use the user role");
    Set<String> open = new TreeSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode content = messages.get(i).path("content");
      Set<String> results = new TreeSet<>();
      boolean others = false;
      for (JsonNode block : content.isArray() ? content : Json.array()) {
        if (block.path("type").asString("").equals("tool_result")) {
          Checks.require(!others, "messages[" + i + "]", "tool_result blocks come first");
          Checks.require(
              results.add(block.path("tool_use_id").asString("")),
              "messages[" + i + "]",
              "each tool_use has a single result");
        } else {
          others = true;
        }
      }
      Checks.require(
          results.equals(open),
          "messages[" + i + "]",
          "tool_use ids %s were found without tool_result blocks, or the other way round: %s"
              .formatted(open, results));
      open.clear();
      for (JsonNode block : content.isArray() ? content : Json.array()) {
        if (block.path("type").asString("").equals("tool_use")) {
          open.add(block.path("id").asString(""));
        }
      }
    }
    Checks.require(open.isEmpty(), "messages", "the conversation ends with calls: " + open);
  }

  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode block : content) {
      switch (block.path("type").asString("")) {
        case "text" -> texts.add(block.path("text").asString(""));
        case "tool_result" -> texts.add(text(block.path("content")));
        default -> {}
      }
    }
    return String.join("\n", texts);
  }

  @Override
  public String lastText(Received request) {
    return lastText(request.json().path("messages"));
  }

  private static String lastText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return text(messages.get(i).path("content"));
      }
    }
    return "";
  }

  private static Asked asked(JsonNode body) {
    JsonNode messages = body.path("messages");
    String system =
        body.path("system").isString()
            ? body.path("system").stringValue()
            : body.path("system")
                .valueStream()
                .map(block -> block.path("text").asString(""))
                .collect(Collectors.joining(" | "));
    int images = 0;
    for (JsonNode message : messages) {
      if (message.path("role").asString("").equals("system")) {
        system += (system.isEmpty() ? "" : " | ") + text(message.path("content"));
      }
      for (JsonNode block : message.path("content")) {
        images += block.path("type").asString("").equals("image") ? 1 : 0;
      }
    }
    List<String> tools = new ArrayList<>();
    body.path("tools").forEach(tool -> tools.add(tool.path("name").asString("")));
    String choice = body.path("tool_choice").path("type").asString("");
    List<String> stops = new ArrayList<>();
    body.path("stop_sequences").forEach(stop -> stops.add(stop.asString("")));
    JsonNode last = messages.get(messages.size() - 1).path("content");
    return new Asked(
        body.path("model").asString(""),
        system,
        lastText(messages),
        choice.equals("none") ? List.of() : tools,
        choice.equals("any"),
        choice.equals("tool") ? body.path("tool_choice").path("name").asString("") : null,
        last.isArray() && last.path(0).path("type").asString("").equals("tool_result"),
        images,
        body.path("output_config").path("format").isObject(),
        Set.of("enabled", "adaptive").contains(body.path("thinking").path("type").asString("")),
        stops,
        body.path("max_tokens").asLong(0),
        1,
        body.path("stream").asBoolean(false));
  }

  /** One answer, whole or as events. */
  private static final class Answering {
    private final Asked asked;
    private final Play play;

    Answering(JsonNode body) {
      this.asked = asked(body);
      this.play = Director.play(asked);
    }

    Reply reply() {
      return asked.streamed() ? Reply.events(events()) : Reply.json(200, whole());
    }

    private String stop() {
      return switch (play.ending()) {
        case END -> "end_turn";
        case LENGTH -> "max_tokens";
        case TOOLS -> "tool_use";
        case STOP_TEXT -> "stop_sequence";
        case FILTERED -> "refusal";
      };
    }

    private static ObjectNode usage(int output) {
      return Json.object(
          "input_tokens",
          Play.INPUT - Play.CACHED,
          "cache_creation_input_tokens",
          0,
          "cache_read_input_tokens",
          Play.CACHED,
          "cache_creation",
          Json.object("ephemeral_5m_input_tokens", 0, "ephemeral_1h_input_tokens", 0),
          "output_tokens",
          output,
          "service_tier",
          "standard");
    }

    private ObjectNode message(
        ArrayNode content, @Nullable String stop, @Nullable String stopText, int output) {
      return Json.object(
          "id",
          "msg_fake",
          "type",
          "message",
          "role",
          "assistant",
          "model",
          asked.model(),
          "content",
          content,
          "stop_reason",
          stop,
          "stop_sequence",
          stopText,
          "usage",
          usage(output));
    }

    private JsonNode whole() {
      ArrayNode content = Json.array();
      if (play.thought() != null) {
        content.add(
            Json.object(
                "type", "thinking", "thinking", play.thought(), "signature", Play.SIGNATURE));
      }
      if (!play.text().isEmpty()) {
        content.add(Json.object("type", "text", "text", play.text(), "citations", null));
      }
      for (Call call : play.calls()) {
        content.add(
            Json.object(
                "type",
                "tool_use",
                "id",
                "toolu_" + call.id(),
                "name",
                call.name(),
                "input",
                Json.read(call.arguments())));
      }
      return message(content, stop(), play.stopText(), Play.OUTPUT);
    }

    private List<byte[]> events() {
      List<byte[]> events = new ArrayList<>();
      events.add(
          event("message_start", Json.object("message", message(Json.array(), null, null, 1))));
      events.add(event("ping", Json.object()));
      int index = 0;
      if (play.thought() != null) {
        List<ObjectNode> deltas = new ArrayList<>();
        for (String piece : Play.pieces(play.thought())) {
          deltas.add(Json.object("type", "thinking_delta", "thinking", piece));
        }
        deltas.add(Json.object("type", "signature_delta", "signature", Play.SIGNATURE));
        block(
            events,
            index++,
            Json.object("type", "thinking", "thinking", "", "signature", ""),
            deltas);
      }
      if (!play.text().isEmpty()) {
        block(
            events,
            index++,
            Json.object("type", "text", "text", ""),
            play.pieces().stream()
                .map(piece -> Json.object("type", "text_delta", "text", piece))
                .toList());
      }
      for (Call call : play.calls()) {
        block(
            events,
            index++,
            Json.object(
                "type",
                "tool_use",
                "id",
                "toolu_" + call.id(),
                "name",
                call.name(),
                "input",
                Json.object()),
            call.pieces().stream()
                .map(piece -> Json.object("type", "input_json_delta", "partial_json", piece))
                .toList());
      }
      events.add(
          event(
              "message_delta",
              Json.object(
                  "delta",
                  Json.object("stop_reason", stop(), "stop_sequence", play.stopText()),
                  "usage",
                  Json.object("output_tokens", Play.OUTPUT))));
      events.add(event("message_stop", Json.object()));
      return events;
    }

    private static void block(
        List<byte[]> events, int index, ObjectNode start, List<ObjectNode> deltas) {
      events.add(event("content_block_start", Json.object("index", index, "content_block", start)));
      for (ObjectNode delta : deltas) {
        events.add(event("content_block_delta", Json.object("index", index, "delta", delta)));
      }
      events.add(event("content_block_stop", Json.object("index", index)));
    }

    private static byte[] event(String type, ObjectNode members) {
      ObjectNode event = Json.object("type", type);
      event.setAll(members);
      return Reply.event(type, event);
    }
  }

  private static ObjectNode error(String type, String message) {
    return Json.object(
        "type",
        "error",
        "error",
        Json.object("type", type, "message", message),
        "request_id",
        "req_fake");
  }

  @Override
  public Reply error(Refusal refusal) {
    int status = refusal.message().equals(Fault.SPENT) ? 400 : refusal.status();
    String type =
        switch (status) {
          case 401 -> "authentication_error";
          case 402 -> "billing_error";
          case 403 -> "permission_error";
          case 404 -> "not_found_error";
          case 413 -> "request_too_large";
          case 429 -> "rate_limit_error";
          case 504 -> "timeout_error";
          case 529 -> "overloaded_error";
          default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    String path = refusal.path().isEmpty() ? "" : refusal.path() + ": ";
    return Reply.json(status, error(type, path + refusal.message())).with("request-id", "req_fake");
  }

  @Override
  public byte[] eventOfError() {
    return Reply.event("error", error("overloaded_error", "Overloaded"));
  }
}
