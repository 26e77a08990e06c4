package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import dev.gatehouse.gateway.conversation.Usage;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a response: what was asked, and what was answered. */
final class ResponsesAnswerWriter {
  private final Conversation asked;
  private final String model;
  private final Instant at;

  ResponsesAnswerWriter(Conversation asked, String model, Instant at) {
    this.asked = asked;
    this.model = model;
    this.at = at;
  }

  ObjectNode write(Answer answer) {
    Answer.Choice choice = answer.choices().getFirst();
    ArrayNode output = LimitedJson.object().putArray("output");
    for (Part part : choice.parts()) {
      item(answer.id(), output, part);
    }
    return finished(answer.id(), output, choice.stop(), answer.usage());
  }

  private static void item(String answer, ArrayNode output, Part part) {
    switch (part) {
      case Part.Text(String text) -> {
        ObjectNode message = ResponsesItems.message(id("msg", answer, output.size()), "completed");
        message.withArray("/content").add(ResponsesItems.text(text));
        output.add(message);
      }
      case Part.Thought thought ->
          output.add(
              ResponsesItems.reasoning(
                  id("rs", answer, output.size()),
                  thought.text(),
                  thought.signature() == null
                      ? null
                      : EncryptedThought.signed(thought.signature())));
      case Part.RedactedThought(String data) ->
          output.add(
              ResponsesItems.reasoning(
                  id("rs", answer, output.size()), null, EncryptedThought.redacted(data)));
      case Part.ToolCall call ->
          output.add(
              ResponsesItems.call(
                  id("fc", answer, output.size()),
                  new SignedId(call.id(), call.signature()),
                  call.name(),
                  call.arguments(),
                  "completed"));
      case Part.CachePoint other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.Document other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.Image other -> throw ChatAnswerWriter.notInAnswers(other);
      case Part.ToolResult other -> throw ChatAnswerWriter.notInAnswers(other);
    }
  }

  static String id(String kind, String answer, int number) {
    return kind + "_" + answer + "_" + number;
  }

  ObjectNode finished(String id, ArrayNode output, StopReason stop, Usage usage) {
    String reason =
        switch (stop) {
          case END, STOP_TEXT, TOOL_CALLS, PAUSED -> null;
          case LENGTH -> "max_output_tokens";
          case FILTERED, REFUSED -> "content_filter";
        };
    ObjectNode response = response(id, reason == null ? "completed" : "incomplete", output);
    if (reason != null) {
      response.putObject("incomplete_details").put("reason", reason);
    }
    usage(response.putObject("usage"), usage);
    return response;
  }

  private static void usage(ObjectNode to, Usage usage) {
    to.put("input_tokens", usage.input());
    to.putObject("input_tokens_details")
        .put("cached_tokens", usage.cacheRead())
        .put("cache_write_tokens", usage.cacheWritten());
    to.put("output_tokens", usage.output());
    to.putObject("output_tokens_details").put("reasoning_tokens", usage.thinking());
    to.put("total_tokens", usage.input() + usage.output());
  }

  ObjectNode response(String id, String status, ArrayNode output) {
    ObjectNode to =
        LimitedJson.object()
            .put("id", id.startsWith("resp_") ? id : "resp_" + id)
            .put("object", "response")
            .put("created_at", at.getEpochSecond())
            .put("status", status)
            .put("background", false)
            .putNull("error")
            .putNull("incomplete_details")
            .put("instructions", instructions())
            .put("max_output_tokens", asked.maxTokens())
            .put("model", model);
    to.set("output", output);
    to.put("parallel_tool_calls", !Boolean.FALSE.equals(asked.parallelTools()));
    to.putNull("previous_response_id");
    to.putObject("reasoning").put("effort", effort()).putNull("summary");
    to.put("store", false).put("temperature", asked.temperature());
    format(to.putObject("text").putObject("format"));
    choice(to);
    tools(to.putArray("tools"));
    to.put("top_p", asked.topP()).put("truncation", "disabled").putNull("usage");
    to.put("user", asked.user()).putObject("metadata");
    return to;
  }

  private @Nullable String effort() {
    return asked.thinking() instanceof Thinking.Off ? "none" : asked.effort();
  }

  private @Nullable String instructions() {
    return asked.system().isEmpty()
        ? null
        : asked.system().stream()
            .filter(Part.Text.class::isInstance)
            .map(part -> ((Part.Text) part).text())
            .collect(Collectors.joining("\n\n"));
  }

  private void format(ObjectNode to) {
    switch (asked.format()) {
      case AnswerFormat.Text() -> to.put("type", "text");
      case AnswerFormat.Json() -> to.put("type", "json_object");
      case AnswerFormat.Schema schema ->
          to.put("type", "json_schema")
              .put("name", schema.name())
              .put("description", schema.description())
              .put("strict", schema.strict())
              .set("schema", schema.schema());
    }
  }

  private void choice(ObjectNode to) {
    switch (asked.toolChoice()) {
      case ToolChoice.Unsaid() -> to.put("tool_choice", "auto");
      case ToolChoice.Auto() -> to.put("tool_choice", "auto");
      case ToolChoice.None() -> to.put("tool_choice", "none");
      case ToolChoice.Required() -> to.put("tool_choice", "required");
      case ToolChoice.Named(String name) ->
          to.putObject("tool_choice").put("type", "function").put("name", name);
    }
  }

  private void tools(ArrayNode to) {
    for (Tool tool : asked.tools()) {
      to.addObject()
          .put("type", "function")
          .put("name", tool.name())
          .put("description", tool.description())
          .put("strict", tool.strict())
          .set("parameters", tool.schema());
    }
  }
}
