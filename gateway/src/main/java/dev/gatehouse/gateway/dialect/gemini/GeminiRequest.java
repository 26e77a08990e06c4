package dev.gatehouse.gateway.dialect.gemini;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.Turns;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a GenerateContentRequest. */
final class GeminiRequest {
  private final Conversation asked;
  private final GeminiGeneration generation;
  private final GeminiParts parts;
  private final ObjectNode body = LimitedJson.object();
  private final ObjectNode config = LimitedJson.object();

  private GeminiRequest(Conversation asked, String model) {
    this.asked = asked;
    generation = GeminiGeneration.of(model);
    parts = new GeminiParts(generation);
  }

  static ObjectNode write(Conversation asked, String model) throws UntranslatableException {
    GeminiRequest request = new GeminiRequest(asked, model);
    request.contents();
    request.tools();
    request.sampling();
    request.format();
    request.thinking();
    if (!request.config.isEmpty()) {
      request.body.set("generationConfig", request.config);
    }
    return request.body;
  }

  private void contents() throws UntranslatableException {
    ArrayNode system = LimitedJson.object().arrayNode();
    for (Part part : asked.system()) {
      parts.write(part, system);
    }
    if (!system.isEmpty()) {
      body.putObject("systemInstruction").set("parts", system);
    }
    ArrayNode contents = body.putArray("contents");
    for (Message message : Turns.joined(asked.messages())) {
      String role =
          switch (message.role()) {
            case USER -> "user";
            case ASSISTANT -> "model";
            case SYSTEM ->
                throw new UntranslatableException(
                    "messages",
                    "Gemini takes instructions only before the conversation: move them to its"
                        + " beginning");
          };
      ArrayNode written = LimitedJson.object().arrayNode();
      parts.begin();
      for (Part part : message.parts()) {
        parts.write(part, written);
      }
      if (!written.isEmpty()) {
        contents.addObject().put("role", role).set("parts", written);
      }
    }
    String resolution = parts.resolution();
    if (resolution != null) {
      config.put("mediaResolution", resolution);
    }
  }

  private void tools() throws UntranslatableException {
    if (asked.tools().isEmpty()) {
      return;
    }
    if (Boolean.FALSE.equals(asked.parallelTools())) {
      throw new UntranslatableException(
          "parallel_tool_calls", "Gemini cannot be told to call one tool at a time");
    }
    ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
    boolean strict = false;
    for (Tool tool : asked.tools()) {
      ObjectNode declaration = declarations.addObject().put("name", tool.name());
      if (tool.description() != null) {
        declaration.put("description", tool.description());
      }
      // The field for JSON Schema; 'parameters' is for OpenAPI's subset of it.
      declaration.set("parametersJsonSchema", tool.schema());
      strict |= Boolean.TRUE.equals(tool.strict());
    }
    String mode =
        switch (asked.toolChoice()) {
          // VALIDATED is AUTO with arguments that satisfy their schema.
          case ToolChoice.Unsaid() -> strict ? "VALIDATED" : null;
          case ToolChoice.Auto() -> strict ? "VALIDATED" : "AUTO";
          case ToolChoice.None() -> "NONE";
          case ToolChoice.Required() -> "ANY";
          case ToolChoice.Named(String ignored) -> "ANY";
        };
    if (mode != null) {
      ObjectNode calling =
          body.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
      if (asked.toolChoice() instanceof ToolChoice.Named(String name)) {
        calling.putArray("allowedFunctionNames").add(name);
      }
    }
  }

  private void sampling() {
    if (asked.maxTokens() != null) {
      config.put("maxOutputTokens", asked.maxTokens());
    }
    if (asked.temperature() != null) {
      config.put("temperature", asked.temperature());
    }
    if (asked.topP() != null) {
      config.put("topP", asked.topP());
    }
    if (asked.topK() != null) {
      config.put("topK", asked.topK());
    }
    if (asked.frequencyPenalty() != null) {
      config.put("frequencyPenalty", asked.frequencyPenalty());
    }
    if (asked.presencePenalty() != null) {
      config.put("presencePenalty", asked.presencePenalty());
    }
    if (asked.seed() != null) {
      config.put("seed", asked.seed());
    }
    if (asked.candidates() != null) {
      config.put("candidateCount", asked.candidates());
    }
    if (!asked.stops().isEmpty()) {
      asked.stops().forEach(config.putArray("stopSequences")::add);
    }
  }

  private void format() {
    switch (asked.format()) {
      case AnswerFormat.Text() -> {}
      case AnswerFormat.Json() -> config.put("responseMimeType", "application/json");
      // Its name and description have no place; they say nothing of the answer's form.
      case AnswerFormat.Schema schema ->
          config
              .put("responseMimeType", "application/json")
              .set("responseJsonSchema", schema.schema());
    }
  }

  private void thinking() throws UntranslatableException {
    ObjectNode thinking = LimitedJson.object();
    switch (asked.thinking()) {
      case null -> {}
      case Thinking.Off() -> thinking.put("thinkingBudget", 0);
      case Thinking.Adaptive() -> {
        if (asked.effort() == null) {
          thinking.put("thinkingBudget", -1);
        }
        thinking.put("includeThoughts", true);
      }
      case Thinking.Budget(int tokens) ->
          thinking.put("thinkingBudget", tokens).put("includeThoughts", true);
    }
    if (asked.effort() != null && !thinking.has("thinkingBudget")) {
      effort(asked.effort(), thinking);
    }
    if (!thinking.isEmpty()) {
      config.set("thinkingConfig", thinking);
    }
  }

  /** Google's own translation of efforts (its page "OpenAI compatibility", section "Thinking"). */
  private void effort(String effort, ObjectNode thinking) throws UntranslatableException {
    int budget =
        switch (effort) {
          case "minimal", "low" -> 1024;
          case "medium" -> 8192;
          case "high" -> 24576;
          default ->
              throw new UntranslatableException(
                  "reasoning_effort", "Gemini's efforts are minimal, low, medium and high");
        };
    switch (generation) {
      case SECOND -> thinking.put("thinkingBudget", budget);
      case LATER -> thinking.put("thinkingLevel", effort.toUpperCase(Locale.ROOT));
    }
  }
}
