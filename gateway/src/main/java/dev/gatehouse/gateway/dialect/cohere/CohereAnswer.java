package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a V2ChatResponse. */
final class CohereAnswer {
  private CohereAnswer() {}

  static Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    JsonNode message = AnswerFields.needObject(answer, "message");
    List<Part> parts = new ArrayList<>();
    for (JsonNode content : message.path("content")) {
      parts.add(part(content));
    }
    String plan = AnswerFields.text(message, "tool_plan");
    if (plan != null && !plan.isEmpty()) {
      parts.add(new Part.Text(plan));
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = AnswerFields.needObject(call, "function");
      String arguments = AnswerFields.text(function, "arguments");
      parts.add(
          new Part.ToolCall(
              AnswerFields.needText(call, "id"),
              AnswerFields.needText(function, "name"),
              arguments == null || arguments.isBlank() ? "{}" : arguments,
              null));
    }
    String reason = AnswerFields.needText(answer, "finish_reason");
    if (isError(reason)) {
      throw new MalformedAnswerException("Cohere broke off: it says " + reason);
    }
    return new Answer(
        AnswerFields.needText(answer, "id"),
        model,
        List.of(new Answer.Choice(parts, stop(reason), null)),
        usage(answer.path("usage")));
  }

  private static Part part(JsonNode content) throws MalformedAnswerException {
    return switch (AnswerFields.needText(content, "type")) {
      case "text" -> new Part.Text(AnswerFields.needText(content, "text"));
      case "thinking" -> new Part.Thought(AnswerFields.needText(content, "thinking"), null);
      default ->
          throw new MalformedAnswerException(
              "the answer has a part that is neither text nor thought nor a tool's call");
    };
  }

  static boolean isError(String reason) {
    return reason.equals("ERROR") || reason.equals("TIMEOUT");
  }

  static StopReason stop(String reason) {
    return switch (reason) {
      case "COMPLETE" -> StopReason.END;
      case "STOP_SEQUENCE" -> StopReason.STOP_TEXT;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      case "TOOL_CALL" -> StopReason.TOOL_CALLS;
      default -> StopReason.FILTERED; // whatever else may cut an answer short
    };
  }

  /**
   * Reads the billed units, as they are what is paid, or else the tokens; the latter have what
   * Cohere itself put around the question, too.
   */
  static Usage usage(@Nullable JsonNode usage) throws MalformedAnswerException {
    if (usage == null || !usage.isObject()) {
      return Usage.NONE;
    }
    JsonNode counts =
        usage.path("billed_units").has("input_tokens")
            ? usage.path("billed_units")
            : usage.path("tokens");
    long input = AnswerFields.count(counts, "input_tokens");
    return new Usage(
        input,
        Math.min(input, AnswerFields.count(usage, "cached_tokens")),
        0,
        AnswerFields.count(counts, "output_tokens"),
        0);
  }
}
