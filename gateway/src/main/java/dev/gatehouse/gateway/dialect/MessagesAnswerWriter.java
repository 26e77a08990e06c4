package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes an Anthropic message. */
final class MessagesAnswerWriter {
  private MessagesAnswerWriter() {}

  static ObjectNode write(Answer answer, String model) {
    Answer.Choice choice = answer.choices().getFirst();
    ObjectNode body = begin(answer.id(), model);
    ArrayNode content = body.putArray("content");
    choice.parts().forEach(part -> block(content, part));
    body.put("stop_reason", MessagesStops.write(choice.stop()));
    body.put("stop_sequence", choice.stopText());
    MessagesUsage.write(body.putObject("usage"), answer.usage());
    return body;
  }

  static ObjectNode begin(String id, String model) {
    return LimitedJson.object()
        .put("id", id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model);
  }

  private static void block(ArrayNode content, Part part) {
    switch (part) {
      case Part.Text(String text) -> text(content.addObject(), text);
      case Part.Thought thought ->
          thought(content.addObject(), thought.text())
              .put("signature", thought.signature() == null ? "" : thought.signature());
      case Part.RedactedThought(String data) -> redacted(content.addObject(), data);
      case Part.ToolCall call ->
          call(content.addObject(), new SignedId(call.id(), call.signature()), call.name())
              .set("input", input(call.arguments()));
      case Part.CachePoint other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.Document other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.Image other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.ToolResult other -> throw ChatAnswerWriter.notInAnswers(other);
    }
  }

  static ObjectNode text(ObjectNode to, String text) {
    return to.put("type", "text").put("text", text);
  }

  static ObjectNode thought(ObjectNode to, String text) {
    return to.put("type", "thinking").put("thinking", text);
  }

  static ObjectNode redacted(ObjectNode to, String data) {
    return to.put("type", "redacted_thinking").put("data", data);
  }

  static ObjectNode call(ObjectNode to, SignedId id, String name) {
    return to.put("type", "tool_use").put("id", id.written()).put("name", name);
  }

  /**
   * Some models write arguments that are no JSON; the client's tool is to see them, not nothing.
   */
  private static ObjectNode input(String arguments) {
    try {
      return Arguments.object(arguments);
    } catch (UntranslatableException e) {
      return LimitedJson.object().put("invalid_json", arguments);
    }
  }
}
