package dev.gatehouse.gateway.fake;

import dev.gatehouse.gateway.fake.Play.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Responses API. */
final class OpenAiResponses {
  private static final String ID = "resp_fake";

  private final JsonNode body;
  private final Asked asked;
  private final Play play;
  private final List<byte[]> events = new ArrayList<>();

  private OpenAiResponses(JsonNode body) {
    this.body = body;
    this.asked = asked(body);
    this.play = Director.play(asked);
  }

  static Reply answer(JsonNode body) throws Refusal {
    Checks.require(
        !body.has("tool_choice")
            || body.path("tools").size() > 0
            || body.path("tool_choice").isString(),
        "tool_choice",
        "tool_choice without tools");
    OpenAiResponses responses = new OpenAiResponses(body);
    return body.path("stream").asBoolean(false)
        ? Reply.events(responses.events())
        : Reply.json(200, responses.response(responses.items()));
  }

  static String lastText(JsonNode input) {
    if (input.isString()) {
      return input.stringValue();
    }
    for (int i = input.size() - 1; i >= 0; i--) {
      JsonNode item = input.get(i);
      if (item.path("role").asString("").equals("user")) {
        return OpenAiChat.text(item.path("content"));
      }
      if (item.path("type").asString("").equals("function_call_output")) {
        return OpenAiChat.text(item.path("output"));
      }
    }
    return "";
  }

  private static Asked asked(JsonNode body) {
    JsonNode input = body.path("input");
    List<String> system = new ArrayList<>();
    if (body.path("instructions").isString()) {
      system.add(body.path("instructions").stringValue());
    }
    int images = 0;
    boolean afterTool = false;
    for (JsonNode item : input.isArray() ? input : Json.array()) {
      String role = item.path("role").asString("");
      if (role.equals("system") || role.equals("developer")) {
        system.add(OpenAiChat.text(item.path("content")));
      }
      afterTool = item.path("type").asString("").equals("function_call_output");
      for (JsonNode part : item.path("content")) {
        images += part.path("type").asString("").equals("input_image") ? 1 : 0;
      }
    }
    List<String> tools = new ArrayList<>();
    body.path("tools").forEach(tool -> tools.add(tool.path("name").asString("")));
    JsonNode choice = body.path("tool_choice");
    return new Asked(
        body.path("model").asString(""),
        String.join(" | ", system),
        lastText(input),
        choice.asString("").equals("none") ? List.of() : tools,
        choice.asString("").equals("required"),
        choice.isObject() ? choice.path("name").asString("") : null,
        afterTool,
        images,
        body.path("text").path("format").path("type").asString("").startsWith("json"),
        body.path("reasoning").path("summary").isString(),
        List.of(),
        body.path("max_output_tokens").asLong(0),
        1,
        body.path("stream").asBoolean(false));
  }

  private ArrayNode items() {
    ArrayNode items = Json.array();
    if (play.thought() != null) {
      items.add(reasoning(play.thought()));
    }
    if (play.calls().isEmpty()) {
      items.add(message("completed", Json.array(part(play.text()))));
    }
    for (Call call : play.calls()) {
      items.add(call(call, call.arguments(), "completed"));
    }
    return items;
  }

  private static ObjectNode reasoning(String summary) {
    return Json.object(
        "type",
        "reasoning",
        "id",
        "rs_1",
        "summary",
        Json.array(Json.object("type", "summary_text", "text", summary)));
  }

  private static ObjectNode message(String status, ArrayNode content) {
    return Json.object(
        "type",
        "message",
        "id",
        "msg_1",
        "status",
        status,
        "role",
        "assistant",
        "content",
        content);
  }

  private static ObjectNode part(String text) {
    return Json.object(
        "type", "output_text", "text", text, "annotations", Json.array(), "logprobs", Json.array());
  }

  private static ObjectNode call(Call call, String arguments, String status) {
    return Json.object(
        "type",
        "function_call",
        "id",
        "fc_" + call.id(),
        "call_id",
        call.id(),
        "name",
        call.name(),
        "arguments",
        arguments,
        "status",
        status);
  }

  private ObjectNode response(ArrayNode items) {
    boolean cut = play.ending() == Play.Ending.LENGTH || play.ending() == Play.Ending.FILTERED;
    ObjectNode response = begun(cut ? "incomplete" : "completed");
    response.set("output", items);
    if (cut) {
      response.set(
          "incomplete_details",
          Json.object(
              "reason",
              play.ending() == Play.Ending.LENGTH ? "max_output_tokens" : "content_filter"));
    }
    response.set(
        "usage",
        Json.object(
            "input_tokens",
            Play.INPUT,
            "input_tokens_details",
            Json.object("cached_tokens", Play.CACHED, "cache_write_tokens", 0),
            "output_tokens",
            Play.OUTPUT,
            "output_tokens_details",
            Json.object("reasoning_tokens", asked.thinks() ? Play.THOUGHT : 0),
            "total_tokens",
            Play.INPUT + Play.OUTPUT));
    return response;
  }

  private ObjectNode begun(String status) {
    ObjectNode response =
        Json.object(
            "id",
            ID,
            "object",
            "response",
            "created_at",
            1_790_000_000,
            "status",
            status,
            "error",
            null,
            "incomplete_details",
            null,
            "instructions",
            null,
            "metadata",
            Json.object(),
            "model",
            asked.model(),
            "output",
            Json.array(),
            "parallel_tool_calls",
            true,
            "temperature",
            1.0,
            "tool_choice",
            "auto",
            "tools",
            Json.array(),
            "top_p",
            1.0,
            "usage",
            null);
    if (body.path("tools").isArray()) {
      response.set("tools", body.path("tools"));
    }
    return response;
  }

  private void event(String type, Object... namesAndValues) {
    ObjectNode event = Json.object("type", type, "sequence_number", events.size());
    event.setAll(Json.object(namesAndValues));
    events.add(Reply.event(type, event));
  }

  private List<byte[]> events() {
    event("response.created", "response", begun("in_progress"));
    event("response.in_progress", "response", begun("in_progress"));
    int index = 0;
    if (play.thought() != null) {
      thought(index++, play.thought());
    }
    if (play.calls().isEmpty()) {
      text(index++);
    }
    for (Call call : play.calls()) {
      arguments(index++, call);
    }
    ObjectNode response = response(items());
    event("response." + response.path("status").asString(""), "response", response);
    return events;
  }

  private void thought(int index, String thought) {
    ObjectNode empty = Json.object("type", "reasoning", "id", "rs_1", "summary", Json.array());
    event("response.output_item.added", "output_index", index, "item", empty);
    event(
        "response.reasoning_summary_part.added",
        "item_id",
        "rs_1",
        "output_index",
        index,
        "summary_index",
        0,
        "part",
        Json.object("type", "summary_text", "text", ""));
    for (String piece : Play.pieces(thought)) {
      event(
          "response.reasoning_summary_text.delta",
          "item_id",
          "rs_1",
          "output_index",
          index,
          "summary_index",
          0,
          "delta",
          piece);
    }
    event(
        "response.reasoning_summary_text.done",
        "item_id",
        "rs_1",
        "output_index",
        index,
        "summary_index",
        0,
        "text",
        thought);
    event(
        "response.reasoning_summary_part.done",
        "item_id",
        "rs_1",
        "output_index",
        index,
        "summary_index",
        0,
        "part",
        Json.object("type", "summary_text", "text", thought));
    event("response.output_item.done", "output_index", index, "item", reasoning(thought));
  }

  private void text(int index) {
    event(
        "response.output_item.added",
        "output_index",
        index,
        "item",
        message("in_progress", Json.array()));
    event(
        "response.content_part.added",
        "item_id",
        "msg_1",
        "output_index",
        index,
        "content_index",
        0,
        "part",
        part(""));
    for (String piece : play.pieces()) {
      event(
          "response.output_text.delta",
          "item_id",
          "msg_1",
          "output_index",
          index,
          "content_index",
          0,
          "delta",
          piece,
          "logprobs",
          Json.array());
    }
    event(
        "response.output_text.done",
        "item_id",
        "msg_1",
        "output_index",
        index,
        "content_index",
        0,
        "text",
        play.text(),
        "logprobs",
        Json.array());
    event(
        "response.content_part.done",
        "item_id",
        "msg_1",
        "output_index",
        index,
        "content_index",
        0,
        "part",
        part(play.text()));
    event(
        "response.output_item.done",
        "output_index",
        index,
        "item",
        message("completed", Json.array(part(play.text()))));
  }

  private void arguments(int index, Call call) {
    event(
        "response.output_item.added", "output_index", index, "item", call(call, "", "in_progress"));
    for (String piece : call.pieces()) {
      event(
          "response.function_call_arguments.delta",
          "item_id",
          "fc_" + call.id(),
          "output_index",
          index,
          "delta",
          piece);
    }
    event(
        "response.function_call_arguments.done",
        "item_id",
        "fc_" + call.id(),
        "output_index",
        index,
        "name",
        call.name(),
        "arguments",
        call.arguments());
    event(
        "response.output_item.done",
        "output_index",
        index,
        "item",
        call(call, call.arguments(), "completed"));
  }
}
