package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads an Anthropic message. */
final class MessagesAnswerReader {
  private MessagesAnswerReader() {}

  static Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    JsonNode content = answer.path("content");
    if (!content.isArray()) {
      throw new MalformedAnswerException(
          answer.hasNonNull("error")
              ? "the provider's answer holds an error in place of content"
              : "the provider's answer has no content");
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode block : content) {
      parts.add(block(block));
    }
    String answered = AnswerFields.word(answer, "model");
    Answer.Choice choice =
        new Answer.Choice(
            parts,
            MessagesStops.read(AnswerFields.text(answer, "stop_reason")),
            AnswerFields.text(answer, "stop_sequence"));
    return new Answer(
        id(answer),
        answered == null ? model : answered,
        List.of(choice),
        MessagesUsage.read(answer.path("usage"), Usage.NONE));
  }

  static String id(JsonNode answer) {
    String id = AnswerFields.word(answer, "id");
    return id == null ? "msg_unnamed" : id;
  }

  /**
   * Reads a count of tokens.
   *
   * @throws MalformedAnswerException where it is none
   */
  static long count(JsonNode answer) throws MalformedAnswerException {
    return AnswerFields.needCount(answer, "input_tokens");
  }

  private static Part block(JsonNode block) throws MalformedAnswerException {
    return switch (AnswerFields.text(block, "type")) {
      case "text" -> new Part.Text(string(block, "text"));
      case "thinking" ->
          new Part.Thought(string(block, "thinking"), AnswerFields.word(block, "signature"));
      case "redacted_thinking" -> new Part.RedactedThought(string(block, "data"));
      case "tool_use" ->
          new Part.ToolCall(
              string(block, "id"),
              string(block, "name"),
              ChatAnswerReader.arguments(block.path("input")),
              null);
      case null, default -> throw unknownBlock();
    };
  }

  static MalformedAnswerException unknownBlock() {
    return new MalformedAnswerException(
        "the provider's answer has a block that no request of the gateway asks for");
  }

  static String string(JsonNode block, String name) throws MalformedAnswerException {
    String value = AnswerFields.text(block, name);
    if (value == null) {
      throw new MalformedAnswerException("a block of the provider's answer has no " + name);
    }
    return value;
  }
}
