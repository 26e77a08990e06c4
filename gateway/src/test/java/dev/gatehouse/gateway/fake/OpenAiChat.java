package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.fake.Play.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions: what is asked, and the answers whole and streamed. */
final class OpenAiChat {
  private static final String ID = "chatcmpl-fake";
  private static final long CREATED = 1_790_000_000L;

  private final JsonNode body;
  private final Asked asked;
  private final Play play;
  private final boolean azure;
  private final boolean showsThoughts;

  private OpenAiChat(JsonNode body, boolean azure, boolean showsThoughts) {
    this.body = body;
    this.asked = asked(body);
    this.play = Director.play(asked);
    this.azure = azure;
    this.showsThoughts = showsThoughts;
  }

  /**
   * @param azure whether the first chunk has no choice, as Azure's
   * @param showsThoughts whether what is thought can be seen, as with DeepSeek and vLLM
   */
  static Reply answer(JsonNode body, boolean azure, boolean showsThoughts) throws Refusal {
    boolean streamed = body.path("stream").asBoolean(false);
    Checks.require(
        streamed || !body.path("stream_options").isObject(),
        "stream_options",
        "stream_options only with stream");
    Checks.require(
        body.has("tools") || !body.has("tool_choice"), "tool_choice", "tool_choice without tools");
    Checks.require(
        body.has("tools") || !body.has("parallel_tool_calls"),
        "parallel_tool_calls",
        "parallel_tool_calls only with tools");
    Checks.require(
        !body.path("top_logprobs").isNumber() || body.path("logprobs").asBoolean(false),
        "top_logprobs",
        "top_logprobs only with logprobs");
    toolMessages(body.path("messages"));
    OpenAiChat chat = new OpenAiChat(body, azure, showsThoughts);
    return streamed ? Reply.events(chat.events()) : Reply.json(200, chat.whole());
  }

  /** A tool's result has to follow its call, and every call has to have its result. */
  private static void toolMessages(JsonNode messages) throws Refusal {
    List<String> open = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (message.path("role").asString("").equals("tool")) {
        Checks.require(
            open.remove(message.path("tool_call_id").asString("")),
            "messages[" + i + "].tool_call_id",
            "no such call");
      } else {
        Checks.require(open.isEmpty(), "messages[" + i + "]", "calls without results: " + open);
        message.path("tool_calls").forEach(call -> open.add(call.path("id").asString("")));
      }
    }
  }

  static String text(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    List<String> texts = new ArrayList<>();
    content.forEach(
        part -> {
          if (part.path("text").isString()) {
            texts.add(part.path("text").stringValue());
          }
        });
    return String.join("\n", texts);
  }

  static String lastText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      String role = messages.get(i).path("role").asString("");
      if (role.equals("user") || role.equals("tool")) {
        return text(messages.get(i).path("content"));
      }
    }
    return "";
  }

  private static Asked asked(JsonNode body) {
    JsonNode messages = body.path("messages");
    List<String> system = new ArrayList<>();
    int images = 0;
    for (JsonNode message : messages) {
      String role = message.path("role").asString("");
      if (role.equals("system") || role.equals("developer")) {
        system.add(text(message.path("content")));
      }
      for (JsonNode part : message.path("content")) {
        images += part.path("type").asString("").equals("image_url") ? 1 : 0;
      }
    }
    List<String> tools = new ArrayList<>();
    body.path("tools").forEach(tool -> tools.add(tool.path("function").path("name").asString("")));
    JsonNode choice = body.path("tool_choice");
    List<String> stops = new ArrayList<>();
    if (body.path("stop").isString()) {
      stops.add(body.path("stop").stringValue());
    } else {
      body.path("stop").forEach(stop -> stops.add(stop.asString("")));
    }
    String effort = body.path("reasoning_effort").asString("none");
    return new Asked(
        body.path("model").asString(""),
        String.join(" | ", system),
        lastText(messages),
        choice.asString("").equals("none") ? List.of() : tools,
        choice.asString("").equals("required"),
        choice.isObject() ? choice.path("function").path("name").asString("") : null,
        messages.get(messages.size() - 1).path("role").asString("").equals("tool"),
        images,
        body.path("response_format").path("type").asString("").startsWith("json"),
        !effort.equals("none"),
        stops,
        body.path("max_completion_tokens").asLong(body.path("max_tokens").asLong(0)),
        body.path("n").asInt(1),
        body.path("stream").asBoolean(false));
  }

  private String finish() {
    return switch (play.ending()) {
      case END, STOP_TEXT -> "stop";
      case LENGTH -> "length";
      case TOOLS -> "tool_calls";
      case FILTERED -> "content_filter";
    };
  }

  static JsonNode usage(boolean thinks) {
    return Json.object(
        "prompt_tokens",
        Play.INPUT,
        "completion_tokens",
        Play.OUTPUT,
        "total_tokens",
        Play.INPUT + Play.OUTPUT,
        "prompt_tokens_details",
        Json.object("cached_tokens", Play.CACHED, "audio_tokens", 0),
        "completion_tokens_details",
        Json.object(
            "reasoning_tokens",
            thinks ? Play.THOUGHT : 0,
            "audio_tokens",
            0,
            "accepted_prediction_tokens",
            0,
            "rejected_prediction_tokens",
            0));
  }

  private boolean hasLogprobs() {
    return body.path("logprobs").asBoolean(false);
  }

  private static JsonNode logprobs(String token) {
    return Json.object(
        "content",
        Json.array(
            Json.object(
                "token", token, "logprob", -0.25, "bytes", null, "top_logprobs", Json.array())),
        "refusal",
        null);
  }

  private JsonNode whole() {
    ArrayNode choices = Json.array();
    for (int i = 0; i < asked.choices(); i++) {
      ObjectNode message =
          Json.object(
              "role",
              "assistant",
              "content",
              play.calls().isEmpty() ? play.text() : null,
              "refusal",
              null,
              "annotations",
              Json.array());
      if (showsThoughts && play.thought() != null) {
        message.put("reasoning_content", play.thought());
      }
      if (!play.calls().isEmpty()) {
        ArrayNode calls = message.putArray("tool_calls");
        for (Call call : play.calls()) {
          calls.add(
              Json.object(
                  "id",
                  call.id(),
                  "type",
                  "function",
                  "function",
                  Json.object("name", call.name(), "arguments", call.arguments())));
        }
      }
      choices.add(
          Json.object(
              "index",
              i,
              "message",
              message,
              "logprobs",
              hasLogprobs() ? logprobs(play.text()) : null,
              "finish_reason",
              finish()));
    }
    ObjectNode answer =
        Json.object(
            "id",
            ID,
            "object",
            "chat.completion",
            "created",
            CREATED,
            "model",
            asked.model(),
            "choices",
            choices,
            "usage",
            usage(asked.thinks()),
            "service_tier",
            "default",
            "system_fingerprint",
            "fp_fake");
    if (body.has(OpenAiShapes.TOMORROW)) {
      answer.set("answer_of_tomorrow", body.path(OpenAiShapes.TOMORROW));
    }
    return answer;
  }

  private List<byte[]> events() {
    List<byte[]> events = new ArrayList<>();
    if (azure) {
      ObjectNode first = chunk(Json.array());
      first.set("prompt_filter_results", Json.array(Json.object("prompt_index", 0)));
      events.add(Reply.event(first));
    }
    for (int i = 0; i < asked.choices(); i++) {
      choice(i, events);
    }
    if (body.path("stream_options").path("include_usage").asBoolean(false)) {
      ObjectNode last = chunk(Json.array());
      last.set("usage", usage(asked.thinks()));
      events.add(Reply.event(last));
    }
    events.add("data: [DONE]\n\n".getBytes(UTF_8));
    return events;
  }

  private void choice(int index, List<byte[]> events) {
    events.add(
        delta(index, Json.object("role", "assistant", "content", "", "refusal", null), null));
    if (showsThoughts && play.thought() != null) {
      for (String piece : Play.pieces(play.thought())) {
        events.add(delta(index, Json.object("reasoning_content", piece), null));
      }
    }
    for (String piece : play.pieces()) {
      events.add(delta(index, Json.object("content", piece), null));
    }
    for (int i = 0; i < play.calls().size(); i++) {
      Call call = play.calls().get(i);
      boolean first = true;
      for (String piece : call.pieces()) {
        ObjectNode part =
            first
                ? Json.object(
                    "index",
                    i,
                    "id",
                    call.id(),
                    "type",
                    "function",
                    "function",
                    Json.object("name", call.name(), "arguments", piece))
                : Json.object("index", i, "function", Json.object("arguments", piece));
        events.add(delta(index, Json.object("tool_calls", Json.array(part)), null));
        first = false;
      }
    }
    events.add(delta(index, Json.object(), finish()));
  }

  private byte[] delta(int index, ObjectNode delta, @Nullable String finish) {
    JsonNode logprobs =
        hasLogprobs()
                && delta.path("content").isString()
                && !delta.path("content").asString("").isEmpty()
            ? logprobs(delta.path("content").asString(""))
            : Json.object().nullNode();
    return Reply.event(
        chunk(
            Json.array(
                Json.object(
                    "index",
                    index,
                    "delta",
                    delta,
                    "logprobs",
                    logprobs,
                    "finish_reason",
                    finish))));
  }

  private ObjectNode chunk(ArrayNode choices) {
    ObjectNode chunk =
        Json.object(
            "id",
            ID,
            "object",
            "chat.completion.chunk",
            "created",
            CREATED,
            "model",
            asked.model(),
            "system_fingerprint",
            "fp_fake",
            "choices",
            choices);
    if (body.path("stream_options").path("include_usage").asBoolean(false)) {
      chunk.putNull("usage");
    }
    return chunk;
  }
}
