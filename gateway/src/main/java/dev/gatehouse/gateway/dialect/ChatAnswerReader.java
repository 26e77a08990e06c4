package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a chat completion, of OpenAI or of who copies it. */
final class ChatAnswerReader {
  private ChatAnswerReader() {}

  static Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    JsonNode choices = answer.path("choices");
    if (!choices.isArray() || choices.isEmpty()) {
      throw new MalformedAnswerException(
          answer.hasNonNull("error")
              ? "the provider's answer holds an error in place of choices"
              : "the provider's answer has no choices");
    }
    String id = id(answer);
    List<Answer.Choice> read = new ArrayList<>();
    for (JsonNode choice : choices) {
      read.add(choice(choice, id, read.size()));
    }
    String answered = AnswerFields.word(answer, "model");
    return new Answer(
        id, answered == null ? model : answered, read, ChatUsage.read(answer.path("usage")));
  }

  static String id(JsonNode answer) {
    String id = AnswerFields.word(answer, "id");
    return id == null ? "chatcmpl-unnamed" : id;
  }

  private static Answer.Choice choice(JsonNode choice, String id, int number)
      throws MalformedAnswerException {
    JsonNode message = choice.path("message");
    List<Part> parts = new ArrayList<>();
    String thought = thought(message);
    if (thought != null) {
      parts.add(new Part.Thought(thought, null));
    }
    content(message.path("content"), parts);
    String refusal = AnswerFields.word(message, "refusal");
    if (refusal != null) {
      parts.add(new Part.Text(refusal));
    }
    int calls = 0;
    for (JsonNode call : message.path("tool_calls")) {
      String callId = AnswerFields.word(call, "id");
      parts.add(call(callId == null ? callId(id, number, calls) : callId, call.path("function")));
      calls++;
    }
    String stopText = stopText(choice);
    StopReason stop =
        refusal != null
            ? StopReason.REFUSED
            : ChatStops.read(AnswerFields.text(choice, "finish_reason"), calls > 0, stopText);
    return new Answer.Choice(parts, stop, stop == StopReason.STOP_TEXT ? stopText : null);
  }

  private static Part call(String id, JsonNode function) throws MalformedAnswerException {
    String name = AnswerFields.word(function, "name");
    if (name == null) {
      throw new MalformedAnswerException("the provider's answer calls a tool without a name");
    }
    return new Part.ToolCall(id, name, arguments(function.path("arguments")), null);
  }

  /** Some providers give them as an object. */
  static String arguments(JsonNode arguments) {
    String text = arguments.isString() ? arguments.stringValue() : "";
    return arguments.isObject() ? LimitedJson.text(arguments) : text.isBlank() ? "{}" : text;
  }

  /** Unique within a conversation, as its results are told apart by it. */
  static String callId(String answer, int choice, int call) {
    return "call_%s_%d_%d".formatted(answer, choice, call);
  }

  static @Nullable String thought(JsonNode message) {
    String text = AnswerFields.word(message, "reasoning_content");
    return text != null ? text : AnswerFields.word(message, "reasoning");
  }

  /** vLLM's field; it may also be a token's number, which says nothing to anybody. */
  static @Nullable String stopText(JsonNode choice) {
    return AnswerFields.word(choice, "stop_reason");
  }

  private static void content(JsonNode content, List<Part> to) {
    if (content.isString()) {
      if (!content.stringValue().isEmpty()) {
        to.add(new Part.Text(content.stringValue()));
      }
      return;
    }
    // Mistral's models that think.
    for (JsonNode part : content) {
      String text = AnswerFields.word(part, "text");
      if (text != null) {
        to.add(new Part.Text(text));
      }
      for (JsonNode thought : part.path("thinking")) {
        String thinking = AnswerFields.word(thought, "text");
        if (thinking != null) {
          to.add(new Part.Thought(thinking, null));
        }
      }
    }
  }
}
