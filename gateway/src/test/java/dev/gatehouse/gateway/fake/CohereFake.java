package dev.gatehouse.gateway.fake;

import static dev.gatehouse.gateway.fake.Shape.byWord;
import static dev.gatehouse.gateway.fake.Shape.either;
import static dev.gatehouse.gateway.fake.Shape.filled;
import static dev.gatehouse.gateway.fake.Shape.filledList;
import static dev.gatehouse.gateway.fake.Shape.flag;
import static dev.gatehouse.gateway.fake.Shape.free;
import static dev.gatehouse.gateway.fake.Shape.list;
import static dev.gatehouse.gateway.fake.Shape.number;
import static dev.gatehouse.gateway.fake.Shape.object;
import static dev.gatehouse.gateway.fake.Shape.text;
import static dev.gatehouse.gateway.fake.Shape.whole;
import static dev.gatehouse.gateway.fake.Shape.word;

import dev.gatehouse.gateway.fake.Play.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cohere's API, version 2. */
final class CohereFake implements Vendor {
  private static final Shape TEXT = object().need("type", word("text")).need("text", text());

  private static final Shape IMAGE =
      object()
          .need("type", word("image_url"))
          .need(
              "image_url",
              object().need("url", filled()).may("detail", word("auto", "low", "high")));

  private static final Shape THINKING =
      object().need("type", word("thinking")).need("thinking", text());

  private static final Shape DOCUMENT =
      object()
          .need("type", word("document"))
          .need("document", object().need("data", free()).may("id", text()));

  private static final Shape MESSAGE =
      byWord(
          "role",
          "system",
          object().need("role", text()).need("content", either(text(), filledList(TEXT))),
          "user",
          object()
              .need("role", text())
              .need(
                  "content",
                  either(text(), filledList(byWord("type", "text", TEXT, "image_url", IMAGE)))),
          "assistant",
          object()
              .need("role", text())
              .may(
                  "content",
                  either(text(), filledList(byWord("type", "text", TEXT, "thinking", THINKING))))
              .may("tool_plan", text())
              .may(
                  "tool_calls",
                  filledList(
                      object()
                          .need("id", filled())
                          .need("type", word("function"))
                          .need(
                              "function",
                              object()
                                  .need("name", filled())
                                  .need("arguments", new Shape.JsonText()))))
              .may("citations", list(free())),
          "tool",
          object()
              .need("role", text())
              .need("tool_call_id", filled())
              .need(
                  "content",
                  either(text(), filledList(byWord("type", "text", TEXT, "document", DOCUMENT)))));

  private static final Shape CHAT =
      object()
          .need("model", filled())
          .need("messages", filledList(MESSAGE))
          .may("stream", flag())
          .may(
              "tools",
              filledList(
                  object()
                      .need("type", word("function"))
                      .need(
                          "function",
                          object()
                              .need("name", filled())
                              .may("description", text())
                              .need("parameters", free()))))
          .may("tool_choice", word("REQUIRED", "NONE"))
          .may("strict_tools", flag())
          .may("documents", list(free()))
          .may("citation_options", free())
          .may(
              "response_format",
              byWord(
                  "type",
                  "text",
                  object().need("type", text()),
                  "json_object",
                  object().need("type", text()).may("json_schema", free())))
          .may("safety_mode", word("CONTEXTUAL", "STRICT", "OFF"))
          .may("max_tokens", whole(1, 1_000_000))
          .may("stop_sequences", new Shape.ListOf(filled(), 0))
          .may("temperature", number(0, 2))
          .may("seed", whole(0, Long.MAX_VALUE))
          .may("frequency_penalty", number(0, 1))
          .may("presence_penalty", number(0, 1))
          .may("k", whole(0, 500))
          .may("p", number(0.01, 0.99))
          .may("logprobs", flag())
          .may(
              "thinking",
              object()
                  .need("type", word("enabled", "disabled"))
                  .may("token_budget", whole(1, 1_000_000)))
          .may("priority", whole(0, 999));

  private static final Shape EMBED =
      object()
          .need("model", filled())
          .need(
              "input_type",
              word("search_document", "search_query", "classification", "clustering", "image"))
          .may("texts", filledList(text()))
          .may("images", filledList(filled()))
          .may("inputs", list(free()))
          .may("max_tokens", whole(1, 1_000_000))
          .may("output_dimension", whole(1, 4096))
          .may(
              "embedding_types",
              list(word("float", "int8", "uint8", "binary", "ubinary", "base64")))
          .may("truncate", word("NONE", "START", "END"))
          .may("priority", whole(0, 999));

  private static final Shape RERANK =
      object()
          .need("model", filled())
          .need("query", filled())
          .need("documents", filledList(text()))
          .may("top_n", whole(1, 10_000))
          .may("max_tokens_per_doc", whole(1, 100_000))
          .may("priority", whole(0, 999));

  private final String key;

  CohereFake(String key) {
    this.key = key;
  }

  @Override
  public Reply answer(Received request) throws Refusal {
    Checks.key(request, "authorization", "Bearer " + key);
    Checks.transport(request, "POST");
    return switch (request.path()) {
      case "/v2/chat" -> chat(Checks.body(request, CHAT));
      case "/v2/embed" -> embed(Checks.body(request, EMBED));
      case "/v2/rerank" -> rerank(Checks.body(request, RERANK));
      default -> throw new Refusal(404, "", "not found");
    };
  }

  private static Reply chat(JsonNode body) throws Refusal {
    if (body.path("model").asString("").contains("unknown")) {
      throw new Refusal(404, "", "model '" + body.path("model").asString("") + "' not found");
    }
    Checks.require(
        !body.has("tool_choice") || body.has("tools"), "tool_choice", "tool_choice without tools");
    Checks.require(
        body.path("stop_sequences").size() <= 5, "stop_sequences", "at most 5 stop sequences");
    Checks.require(
        !body.has("tools")
            || !body.path("response_format").path("type").asString("").startsWith("json"),
        "response_format",
        "JSON mode is not supported together with tools");
    Answering answering = new Answering(body);
    return answering.asked.streamed()
        ? Reply.events(answering.events())
        : Reply.json(200, answering.whole());
  }

  private static Reply embed(JsonNode body) throws Refusal {
    Checks.require(
        body.has("texts") || body.has("images") || body.has("inputs"), "texts", "nothing to embed");
    JsonNode types = body.path("embedding_types");
    Checks.require(types.size() > 0, "embedding_types", "is required for this model");
    ArrayNode floats = Json.array();
    int count = body.has("inputs") ? body.path("inputs").size() : body.path("texts").size();
    for (int i = 0; i < count; i++) {
      floats.add(OpenAiFake.numbers(body.path("output_dimension").asInt(4), i));
    }
    return Reply.json(
        200,
        Json.object(
            "id",
            "fake",
            "embeddings",
            Json.object("float", floats),
            "texts",
            body.path("texts"),
            "meta",
            Json.object(
                "api_version",
                Json.object("version", "2"),
                "billed_units",
                Json.object("input_tokens", 8 * count))));
  }

  private static Reply rerank(JsonNode body) {
    int documents = body.path("documents").size();
    ArrayNode results = Json.array();
    for (int i = 0; i < Math.min(documents, body.path("top_n").asInt(documents)); i++) {
      results.add(Json.object("index", documents - 1 - i, "relevance_score", 1.0 / (i + 2)));
    }
    return Reply.json(
        200,
        Json.object(
            "id",
            "fake",
            "results",
            results,
            "meta",
            Json.object(
                "api_version",
                Json.object("version", "2"),
                "billed_units",
                Json.object("search_units", 1))));
  }

  private static String textOf(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode part : content) {
      if (part.path("text").isString()) {
        texts.add(part.path("text").stringValue());
      }
      part.path("document")
          .path("data")
          .forEach(value -> texts.add(value.isString() ? value.stringValue() : Json.text(value)));
    }
    return String.join("\n", texts);
  }

  @Override
  public String lastText(Received request) {
    return lastText(request.json().path("messages"));
  }

  private static String lastText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      String role = messages.get(i).path("role").asString("");
      if (role.equals("user") || role.equals("tool")) {
        return textOf(messages.get(i).path("content"));
      }
    }
    return "";
  }

  /** One answer, whole or as events. */
  private static final class Answering {
    private final Asked asked;
    private final Play play;

    Answering(JsonNode body) {
      JsonNode messages = body.path("messages");
      List<String> system = new ArrayList<>();
      int images = 0;
      for (JsonNode message : messages) {
        if (message.path("role").asString("").equals("system")) {
          system.add(textOf(message.path("content")));
        }
        for (JsonNode part : message.path("content")) {
          images += part.path("type").asString("").equals("image_url") ? 1 : 0;
        }
      }
      List<String> tools = new ArrayList<>();
      body.path("tools")
          .forEach(tool -> tools.add(tool.path("function").path("name").asString("")));
      List<String> stops = new ArrayList<>();
      body.path("stop_sequences").forEach(stop -> stops.add(stop.asString("")));
      String choice = body.path("tool_choice").asString("");
      this.asked =
          new Asked(
              body.path("model").asString(""),
              String.join(" | ", system),
              CohereFake.lastText(messages),
              choice.equals("NONE") ? List.of() : tools,
              choice.equals("REQUIRED"),
              null,
              messages.get(messages.size() - 1).path("role").asString("").equals("tool"),
              images,
              body.path("response_format").path("type").asString("").startsWith("json"),
              body.path("thinking").path("type").asString("").equals("enabled"),
              stops,
              body.path("max_tokens").asLong(0),
              1,
              body.path("stream").asBoolean(false));
      this.play = Director.play(asked);
    }

    private String finish() {
      return switch (play.ending()) {
        case END -> "COMPLETE";
        case LENGTH -> "MAX_TOKENS";
        case TOOLS -> "TOOL_CALL";
        case STOP_TEXT -> "STOP_SEQUENCE";
        case FILTERED -> "ERROR";
      };
    }

    private static ObjectNode usage() {
      return Json.object(
          "billed_units",
          Json.object("input_tokens", Play.INPUT - 3, "output_tokens", Play.OUTPUT),
          "tokens",
          Json.object("input_tokens", Play.INPUT, "output_tokens", Play.OUTPUT),
          "cached_tokens",
          Play.CACHED);
    }

    private static ObjectNode call(Call call, String arguments) {
      return Json.object(
          "id",
          call.id(),
          "type",
          "function",
          "function",
          Json.object("name", call.name(), "arguments", arguments));
    }

    JsonNode whole() {
      ObjectNode message = Json.object("role", "assistant");
      ArrayNode content = Json.array();
      if (play.thought() != null) {
        content.add(Json.object("type", "thinking", "thinking", play.thought()));
      }
      if (!play.text().isEmpty()) {
        content.add(Json.object("type", "text", "text", play.text()));
      }
      if (!content.isEmpty()) {
        message.set("content", content);
      }
      if (!play.calls().isEmpty()) {
        message.put("tool_plan", "I will call a tool.");
        ArrayNode calls = message.putArray("tool_calls");
        play.calls().forEach(call -> calls.add(call(call, call.arguments())));
      }
      return Json.object(
          "id", "fake", "finish_reason", finish(), "message", message, "usage", usage());
    }

    private static byte[] event(String type, Object... namesAndValues) {
      ObjectNode event = Json.object("type", type);
      event.setAll(Json.object(namesAndValues));
      return Reply.event(type, event);
    }

    private static ObjectNode message(ObjectNode message) {
      return Json.object("message", message);
    }

    List<byte[]> events() {
      List<byte[]> events = new ArrayList<>();
      events.add(
          event(
              "message-start",
              "id",
              "fake",
              "delta",
              message(
                  Json.object(
                      "role",
                      "assistant",
                      "content",
                      Json.array(),
                      "tool_plan",
                      "",
                      "tool_calls",
                      Json.array(),
                      "citations",
                      Json.array()))));
      int index = 0;
      if (play.thought() != null) {
        content(events, index++, "thinking", Play.pieces(play.thought()));
      }
      if (!play.text().isEmpty()) {
        content(events, index, "text", play.pieces());
      }
      if (!play.calls().isEmpty()) {
        for (String piece : Play.pieces("I will call a tool.")) {
          events.add(event("tool-plan-delta", "delta", message(Json.object("tool_plan", piece))));
        }
      }
      for (int i = 0; i < play.calls().size(); i++) {
        Call call = play.calls().get(i);
        events.add(
            event(
                "tool-call-start",
                "index",
                i,
                "delta",
                message(Json.object("tool_calls", call(call, "")))));
        for (String piece : call.pieces()) {
          events.add(
              event(
                  "tool-call-delta",
                  "index",
                  i,
                  "delta",
                  message(
                      Json.object(
                          "tool_calls",
                          Json.object("function", Json.object("arguments", piece))))));
        }
        events.add(event("tool-call-end", "index", i));
      }
      events.add(
          event(
              "message-end",
              "id",
              "fake",
              "delta",
              Json.object("finish_reason", finish(), "usage", usage())));
      return events;
    }

    private static void content(List<byte[]> events, int index, String kind, List<String> pieces) {
      events.add(
          event(
              "content-start",
              "index",
              index,
              "delta",
              message(Json.object("content", Json.object("type", kind, kind, "")))));
      for (String piece : pieces) {
        events.add(
            event(
                "content-delta",
                "index",
                index,
                "delta",
                message(Json.object("content", Json.object(kind, piece)))));
      }
      events.add(event("content-end", "index", index));
    }
  }

  @Override
  public Reply error(Refusal refusal) {
    String path = refusal.path().isEmpty() ? "" : refusal.path() + ": ";
    return Reply.json(
        refusal.status(), Json.object("id", "fake", "message", path + refusal.message()));
  }

  /** Cohere has no event for it: the answer ends with a reason that says so. */
  @Override
  public byte[] eventOfError() {
    ObjectNode event = Json.object("type", "message-end", "id", "fake");
    event.set(
        "delta", Json.object("finish_reason", "ERROR", "error", "The model failed", "usage", null));
    return Reply.event("message-end", event);
  }
}
