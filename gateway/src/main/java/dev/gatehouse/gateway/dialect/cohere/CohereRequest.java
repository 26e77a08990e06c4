package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a request to {@code /v2/chat}. */
final class CohereRequest {
  private final Conversation asked;
  private final ObjectNode body = LimitedJson.object();

  private CohereRequest(Conversation asked) {
    this.asked = asked;
  }

  static ObjectNode write(Conversation asked, String model) throws UntranslatableException {
    CohereRequest request = new CohereRequest(asked);
    request.body.put("model", model).put("stream", asked.streamed());
    CohereMessages.write(asked, request.body.putArray("messages"));
    request.refuse();
    request.sampling();
    request.tools();
    request.format();
    request.thinking();
    return request.body;
  }

  private void refuse() throws UntranslatableException {
    if (asked.candidates() != null && asked.candidates() > 1) {
      throw new UntranslatableException("n", "Cohere gives one answer: leave 'n' out");
    }
    if (Boolean.FALSE.equals(asked.parallelTools())) {
      throw new UntranslatableException(
          "parallel_tool_calls", "Cohere cannot be told to call one tool at a time");
    }
    if (asked.effort() != null) {
      throw new UntranslatableException(
          "reasoning_effort",
          "Cohere knows no effort: turn thinking off, or give it a budget of tokens");
    }
  }

  private void sampling() {
    if (asked.maxTokens() != null) {
      body.put("max_tokens", asked.maxTokens());
    }
    if (asked.temperature() != null) {
      body.put("temperature", asked.temperature());
    }
    if (asked.topP() != null) {
      body.put("p", asked.topP());
    }
    if (asked.topK() != null) {
      body.put("k", asked.topK());
    }
    if (asked.frequencyPenalty() != null) {
      body.put("frequency_penalty", asked.frequencyPenalty());
    }
    if (asked.presencePenalty() != null) {
      body.put("presence_penalty", asked.presencePenalty());
    }
    if (asked.seed() != null) {
      body.put("seed", asked.seed());
    }
    if (!asked.stops().isEmpty()) {
      asked.stops().forEach(body.putArray("stop_sequences")::add);
    }
  }

  private void tools() throws UntranslatableException {
    List<Tool> tools = asked.tools();
    if (tools.isEmpty()) {
      return;
    }
    switch (asked.toolChoice()) {
      case ToolChoice.Unsaid() -> {}
      case ToolChoice.Auto() -> {}
      case ToolChoice.None() -> body.put("tool_choice", "NONE");
      case ToolChoice.Required() -> body.put("tool_choice", "REQUIRED");
      case ToolChoice.Named(String name) -> {
        // Cohere cannot be told which; of one that it must call there is no other.
        tools = tools.stream().filter(tool -> tool.name().equals(name)).toList();
        if (tools.isEmpty()) {
          throw new UntranslatableException("tool_choice", "No tool is named '" + name + "'");
        }
        body.put("tool_choice", "REQUIRED");
      }
    }
    ArrayNode written = body.putArray("tools");
    for (Tool tool : tools) {
      ObjectNode function =
          written
              .addObject()
              .put("type", "function")
              .putObject("function")
              .put("name", tool.name());
      if (tool.description() != null) {
        function.put("description", tool.description());
      }
      function.set("parameters", tool.schema());
    }
    long strict = tools.stream().filter(tool -> Boolean.TRUE.equals(tool.strict())).count();
    if (strict == tools.size()) {
      body.put("strict_tools", true);
    } else if (strict > 0) {
      throw new UntranslatableException(
          "tools", "Cohere takes all tools as strict or none: make them alike");
    }
  }

  private void format() {
    switch (asked.format()) {
      case AnswerFormat.Text() -> {}
      case AnswerFormat.Json() -> body.putObject("response_format").put("type", "json_object");
      // Its name and description have no place; they say nothing of the answer's form.
      case AnswerFormat.Schema schema ->
          body.putObject("response_format")
              .put("type", "json_object")
              .set("json_schema", schema.schema());
    }
  }

  private void thinking() {
    switch (asked.thinking()) {
      case null -> {}
      case Thinking.Off() -> body.putObject("thinking").put("type", "disabled");
      case Thinking.Adaptive() -> body.putObject("thinking").put("type", "enabled");
      case Thinking.Budget(int tokens) ->
          body.putObject("thinking").put("type", "enabled").put("token_budget", tokens);
    }
  }
}
