package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.Turns;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages: results of tools are messages of their own, calls are beside the content. */
final class CohereMessages {
  private CohereMessages() {}

  static void write(Conversation asked, ArrayNode to) throws UntranslatableException {
    content("system", asked.system(), to);
    for (Message message : Turns.joined(asked.messages())) {
      switch (message.role()) {
        case USER -> user(message.parts(), to);
        case ASSISTANT -> assistant(message.parts(), to);
        case SYSTEM -> content("system", message.parts(), to);
      }
    }
  }

  private static void user(List<Part> parts, ArrayNode to) throws UntranslatableException {
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        to.addObject()
            .put("role", "tool")
            .put("tool_call_id", result.callId())
            .put("content", text(result));
      }
    }
    content("user", parts.stream().filter(part -> !(part instanceof Part.ToolResult)).toList(), to);
  }

  /** A result as text; Cohere has no other sign of one that failed. */
  private static String text(Part.ToolResult result) throws UntranslatableException {
    StringBuilder text = new StringBuilder();
    for (Part part : result.content()) {
      if (part instanceof Part.Text(String piece)) {
        text.append(piece);
      } else if (!(part instanceof Part.CachePoint)) {
        throw new UntranslatableException(
            "messages", "Cohere takes nothing but text as a tool's result");
      }
    }
    return result.error()
        ? LimitedJson.text(LimitedJson.object().put("error", text.toString()))
        : text.toString();
  }

  private static void content(String role, List<Part> parts, ArrayNode to)
      throws UntranslatableException {
    ArrayNode content = LimitedJson.object().arrayNode();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> {
          if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
          }
        }
        // Cohere finds out itself what it can take from its cache.
        case Part.CachePoint ignored -> {}
        case Part.Image image -> image(image, content);
        case Part.Document ignored ->
            throw new UntranslatableException(
                "messages", "Cohere's chat takes no files: send a document's text");
        case Part.ToolCall ignored -> throw misplaced();
        case Part.ToolResult ignored -> throw misplaced();
        case Part.Thought ignored -> throw misplaced();
        case Part.RedactedThought ignored -> throw misplaced();
      }
    }
    if (!content.isEmpty()) {
      to.addObject().put("role", role).set("content", content);
    }
  }

  private static void image(Part.Image image, ArrayNode to) {
    String url =
        image.base64() == null
            ? String.valueOf(image.url())
            : "data:" + image.mediaType() + ";base64," + image.base64();
    ObjectNode written =
        to.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    if (image.detail() != null) {
      written.put("detail", image.detail());
    }
  }

  private static void assistant(List<Part> parts, ArrayNode to) throws UntranslatableException {
    ObjectNode message = LimitedJson.object().put("role", "assistant");
    ArrayNode content = LimitedJson.object().arrayNode();
    ArrayNode calls = LimitedJson.object().arrayNode();
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String piece) -> text.append(piece);
        // A signature is another provider's; Cohere's thoughts have none.
        case Part.Thought(String thought, String ignored) -> {
          if (!thought.isEmpty()) {
            content.addObject().put("type", "thinking").put("thinking", thought);
          }
        }
        case Part.ToolCall(String id, String name, String arguments, String ignored) ->
            calls
                .addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", arguments);
        case Part.CachePoint ignored -> {}
        case Part.RedactedThought ignored ->
            throw new UntranslatableException(
                "messages", "Cohere cannot read what another model thought: leave it out");
        case Part.Image ignored -> throw misplaced();
        case Part.Document ignored -> throw misplaced();
        case Part.ToolResult ignored -> throw misplaced();
      }
    }
    if (!text.isEmpty()) {
      if (calls.isEmpty()) {
        content.addObject().put("type", "text").put("text", text.toString());
      } else {
        // What the model says before it calls tools is its plan, to Cohere.
        message.put("tool_plan", text.toString());
      }
    }
    if (!content.isEmpty()) {
      message.set("content", content);
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    if (message.size() > 1) {
      to.add(message);
    }
  }

  private static UntranslatableException misplaced() {
    return new UntranslatableException(
        "messages", "Cohere's chat has no place for such a part in a message of that role");
  }
}
