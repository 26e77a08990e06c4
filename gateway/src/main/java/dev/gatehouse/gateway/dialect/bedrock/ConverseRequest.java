package dev.gatehouse.gateway.dialect.bedrock;

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
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a ConverseRequest. */
final class ConverseRequest {
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private final Conversation asked;
  private final List<Message> messages;
  private final boolean claude;
  private final ObjectNode body = LimitedJson.object();

  /** What goes to the model beside Converse's own fields. */
  private final ObjectNode more = LimitedJson.object();

  private ConverseRequest(Conversation asked, String model) {
    this.asked = asked;
    messages = Turns.joined(asked.messages());
    claude = model.contains("anthropic.");
  }

  static ObjectNode write(Conversation asked, String model) throws UntranslatableException {
    ConverseRequest request = new ConverseRequest(asked, model);
    request.refuse();
    request.messages();
    request.inference();
    request.tools();
    request.output();
    request.thinking();
    if (!request.more.isEmpty()) {
      request.body.set("additionalModelRequestFields", request.more);
    }
    return request.body;
  }

  /** What Converse has no field for. */
  private void refuse() throws UntranslatableException {
    refuse("frequency_penalty", isSet(asked.frequencyPenalty()));
    refuse("presence_penalty", isSet(asked.presencePenalty()));
    refuse("seed", asked.seed() != null);
    refuse("n", asked.candidates() != null && asked.candidates() > 1);
    refuse("parallel_tool_calls", Boolean.FALSE.equals(asked.parallelTools()));
  }

  private static void refuse(String field, boolean there) throws UntranslatableException {
    if (there) {
      throw new UntranslatableException(
          field, "Bedrock's Converse has nothing like '" + field + "': leave it out");
    }
  }

  private static boolean isSet(@Nullable BigDecimal penalty) {
    return penalty != null && penalty.signum() != 0;
  }

  private void messages() throws UntranslatableException {
    ConverseParts parts = new ConverseParts();
    ArrayNode written = body.putArray("messages");
    for (Message message : messages) {
      ArrayNode content = LimitedJson.object().arrayNode();
      for (Part part : message.parts()) {
        parts.write(part, content);
      }
      if (!content.isEmpty()) {
        written
            .addObject()
            .put(
                "role",
                switch (message.role()) {
                  case USER -> "user";
                  case ASSISTANT -> "assistant";
                  case SYSTEM -> "system";
                })
            .set("content", content);
      }
    }
    ArrayNode system = LimitedJson.object().arrayNode();
    for (Part part : asked.system()) {
      parts.write(part, system);
    }
    if (!system.isEmpty()) {
      body.set("system", system);
    }
  }

  private void inference() throws UntranslatableException {
    ObjectNode inference = LimitedJson.object();
    if (asked.maxTokens() != null) {
      inference.put("maxTokens", asked.maxTokens());
    }
    if (asked.temperature() != null) {
      inference.put("temperature", asked.temperature());
    }
    if (asked.topP() != null) {
      inference.put("topP", asked.topP());
    }
    if (!asked.stops().isEmpty()) {
      asked.stops().forEach(inference.putArray("stopSequences")::add);
      // Which of them it was: Claude says so, others leave it out.
      body.putArray("additionalModelResponseFieldPaths").add("/stop_sequence");
    }
    if (!inference.isEmpty()) {
      body.set("inferenceConfig", inference);
    }
    if (asked.topK() != null) {
      refuseUnlessClaude("top_k");
      more.put("top_k", asked.topK());
    }
  }

  private void tools() throws UntranslatableException {
    if (asked.tools().isEmpty()) {
      return;
    }
    if (asked.toolChoice() instanceof ToolChoice.None) {
      if (usesTools()) {
        throw new UntranslatableException(
            "tool_choice",
            "Bedrock's Converse has no 'none' for a conversation that already called tools");
      }
      return;
    }
    ObjectNode config = body.putObject("toolConfig");
    ArrayNode tools = config.putArray("tools");
    for (Tool tool : asked.tools()) {
      ObjectNode written = tools.addObject().putObject("toolSpec").put("name", tool.name());
      if (tool.description() != null && !tool.description().isEmpty()) {
        written.put("description", tool.description());
      }
      written.putObject("inputSchema").set("json", tool.schema());
      if (tool.strict() != null) {
        written.put("strict", tool.strict());
      }
      if (tool.cache() != null) {
        ConverseParts.cachePoint(tool.cache(), tools);
      }
    }
    switch (asked.toolChoice()) {
      case ToolChoice.Unsaid() -> {}
      case ToolChoice.Auto() -> config.putObject("toolChoice").putObject("auto");
      case ToolChoice.None() -> {}
      case ToolChoice.Required() -> config.putObject("toolChoice").putObject("any");
      case ToolChoice.Named(String name) ->
          config.putObject("toolChoice").putObject("tool").put("name", name);
    }
  }

  private boolean usesTools() {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .anyMatch(part -> part instanceof Part.ToolCall || part instanceof Part.ToolResult);
  }

  private void output() throws UntranslatableException {
    switch (asked.format()) {
      case AnswerFormat.Text() -> {}
      case AnswerFormat.Json() ->
          throw new UntranslatableException(
              "response_format",
              "Bedrock's Converse promises JSON only for a schema: ask for 'json_schema'");
      case AnswerFormat.Schema schema -> {
        ObjectNode format = body.withObject("/outputConfig/textFormat").put("type", "json_schema");
        ObjectNode written =
            format
                .putObject("structure")
                .putObject("jsonSchema")
                .put("schema", LimitedJson.text(schema.schema()))
                .put("name", schema.name());
        if (schema.description() != null) {
          written.put("description", schema.description());
        }
      }
    }
    if (asked.effort() != null) {
      if (!EFFORTS.contains(asked.effort())) {
        throw new UntranslatableException(
            "reasoning_effort", "Bedrock's efforts are low, medium, high, xhigh and max");
      }
      body.withObject("/outputConfig").put("effort", asked.effort());
    }
  }

  private void thinking() throws UntranslatableException {
    if (asked.thinking() == null) {
      return;
    }
    refuseUnlessClaude("thinking");
    ObjectNode thinking = more.putObject("thinking");
    switch (asked.thinking()) {
      case Thinking.Off() -> thinking.put("type", "disabled");
      case Thinking.Adaptive() -> thinking.put("type", "adaptive");
      case Thinking.Budget(int tokens) ->
          thinking.put("type", "enabled").put("budget_tokens", tokens);
    }
  }

  private void refuseUnlessClaude(String field) throws UntranslatableException {
    if (!claude) {
      throw new UntranslatableException(
          field, "Bedrock takes '" + field + "' only for models of Anthropic's: leave it out");
    }
  }
}
