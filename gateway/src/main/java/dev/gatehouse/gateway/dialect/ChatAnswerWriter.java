package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a chat completion. What the model thought is in {@code reasoning_content}, as DeepSeek and
 * others have it, and with its signatures in {@code thinking_blocks}, as LiteLLM has it: who sends
 * those back with the results of tools lets the model go on thinking where it was.
 */
final class ChatAnswerWriter {
  private ChatAnswerWriter() {}

  static ObjectNode write(Answer answer, String model, Instant at) {
    ObjectNode body =
        LimitedJson.object()
            .put("id", answer.id())
            .put("object", "chat.completion")
            .put("created", at.getEpochSecond())
            .put("model", model);
    ArrayNode choices = body.putArray("choices");
    for (Answer.Choice choice : answer.choices()) {
      ObjectNode to = choices.addObject().put("index", choices.size() - 1);
      message(choice, to.putObject("message"));
      to.putNull("logprobs").put("finish_reason", ChatStops.write(choice.stop()));
    }
    ChatUsage.write(body.putObject("usage"), answer.usage());
    return body;
  }

  private static void message(Answer.Choice choice, ObjectNode to) {
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    ArrayNode blocks = LimitedJson.object().putArray("thinking_blocks");
    ArrayNode calls = LimitedJson.object().putArray("tool_calls");
    for (Part part : choice.parts()) {
      switch (part) {
        case Part.Text(String piece) -> text.append(piece);
        case Part.Thought thought -> {
          thoughts.append(thought.text());
          thought(blocks, thought);
        }
        case Part.RedactedThought(String data) -> redacted(blocks.addObject(), data);
        case Part.ToolCall call ->
            calls
                .addObject()
                .put("id", new SignedId(call.id(), call.signature()).written())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
        case Part.CachePoint other -> throw notInAnswers(other);
        case Part.Document other -> throw notInAnswers(other);
        case Part.Image other -> throw notInAnswers(other);
        case Part.ToolResult other -> throw notInAnswers(other);
      }
    }
    to.put("role", "assistant");
    to.put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
    to.putNull("refusal");
    if (!thoughts.isEmpty()) {
      to.put("reasoning_content", thoughts.toString());
    }
    if (!blocks.isEmpty()) {
      to.set("thinking_blocks", blocks);
    }
    if (!calls.isEmpty()) {
      to.set("tool_calls", calls);
    }
  }

  static void redacted(ObjectNode to, String data) {
    to.put("type", "redacted_thinking").put("data", data);
  }

  private static void thought(ArrayNode to, Part.Thought thought) {
    if (thought.signature() != null) {
      to.addObject()
          .put("type", "thinking")
          .put("thinking", thought.text())
          .put("signature", thought.signature());
    }
  }

  static IllegalArgumentException notInAnswers(Part part) {
    return new IllegalArgumentException("no answer holds a " + part.getClass().getSimpleName());
  }
}
