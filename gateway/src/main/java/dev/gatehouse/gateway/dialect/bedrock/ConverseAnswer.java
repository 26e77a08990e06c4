package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a ConverseResponse. */
final class ConverseAnswer {
  private ConverseAnswer() {}

  static Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    JsonNode message =
        AnswerFields.needObject(AnswerFields.needObject(answer, "output"), "message");
    List<Part> parts = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      parts.add(part(block));
    }
    Answer.Choice choice =
        new Answer.Choice(
            parts,
            stop(AnswerFields.needText(answer, "stopReason")),
            AnswerFields.text(answer.path("additionalModelResponseFields"), "stop_sequence"));
    return new Answer("", model, List.of(choice), usage(AnswerFields.needObject(answer, "usage")));
  }

  private static Part part(JsonNode block) throws MalformedAnswerException {
    if (block.has("text")) {
      return new Part.Text(AnswerFields.needText(block, "text"));
    }
    if (block.has("toolUse")) {
      JsonNode call = block.get("toolUse");
      return new Part.ToolCall(
          AnswerFields.needText(call, "toolUseId"),
          AnswerFields.needText(call, "name"),
          LimitedJson.text(AnswerFields.needObject(call, "input")),
          null);
    }
    if (block.has("reasoningContent")) {
      return thought(block.get("reasoningContent"));
    }
    if (block.has("citationsContent")) {
      StringBuilder text = new StringBuilder();
      for (JsonNode piece : block.get("citationsContent").path("content")) {
        text.append(AnswerFields.needText(piece, "text"));
      }
      return new Part.Text(text.toString());
    }
    throw unknownPart();
  }

  private static Part thought(JsonNode content) throws MalformedAnswerException {
    if (content.has("redactedContent")) {
      return new Part.RedactedThought(AnswerFields.needText(content, "redactedContent"));
    }
    JsonNode thought = AnswerFields.needObject(content, "reasoningText");
    return new Part.Thought(
        AnswerFields.needText(thought, "text"), AnswerFields.text(thought, "signature"));
  }

  static MalformedAnswerException unknownPart() {
    return new MalformedAnswerException(
        "the answer has a part that is neither text nor thought nor a tool's call");
  }

  static StopReason stop(String reason) throws MalformedAnswerException {
    return switch (reason) {
      case "end_turn" -> StopReason.END;
      case "stop_sequence" -> StopReason.STOP_TEXT;
      case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "malformed_model_output", "malformed_tool_use" ->
          throw new MalformedAnswerException("Bedrock says that what the model wrote is malformed");
      // guardrail_intervened, content_filtered, and whatever else may cut an answer short.
      default -> StopReason.FILTERED;
    };
  }

  /** Bedrock counts what the cache is read for and written to apart from the other input. */
  static Usage usage(JsonNode usage) throws MalformedAnswerException {
    long read = AnswerFields.count(usage, "cacheReadInputTokens");
    long written = AnswerFields.count(usage, "cacheWriteInputTokens");
    long longer = 0;
    for (JsonNode detail : usage.path("cacheDetails")) {
      if (detail.path("ttl").asString("").equals("1h")) {
        longer += AnswerFields.count(detail, "inputTokens");
      }
    }
    return new Usage(
        AnswerFields.count(usage, "inputTokens") + read + written,
        read,
        written,
        longer,
        AnswerFields.count(usage, "outputTokens"),
        0);
  }
}
