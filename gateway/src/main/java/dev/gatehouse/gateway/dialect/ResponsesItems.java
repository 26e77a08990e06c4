package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of a response's output. */
final class ResponsesItems {
  private ResponsesItems() {}

  static ObjectNode message(String id, String status) {
    ObjectNode item = LimitedJson.object().put("id", id).put("type", "message");
    item.put("status", status).put("role", "assistant").putArray("content");
    return item;
  }

  static ObjectNode text(String text) {
    ObjectNode part = LimitedJson.object().put("type", "output_text").put("text", text);
    part.putArray("annotations");
    part.putArray("logprobs");
    return part;
  }

  static ObjectNode call(String id, SignedId callId, String name, String arguments, String status) {
    return LimitedJson.object()
        .put("id", id)
        .put("type", "function_call")
        .put("status", status)
        .put("call_id", callId.written())
        .put("name", name)
        .put("arguments", arguments);
  }

  /**
   * What the model thought.
   *
   * @param encrypted null: nothing is to be given back
   */
  static ObjectNode reasoning(String id, @Nullable String text, @Nullable String encrypted) {
    ObjectNode item = LimitedJson.object().put("id", id).put("type", "reasoning");
    ArrayNode summary = item.putArray("summary");
    if (text != null) {
      summary.add(summary(text));
    }
    if (encrypted != null) {
      item.put("encrypted_content", encrypted);
    }
    return item;
  }

  static ObjectNode summary(String text) {
    return LimitedJson.object().put("type", "summary_text").put("text", text);
  }
}
