package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. */
final class MessagesRequestWriter {
  /**
   * The most tokens of an answer where the client did not say: Anthropic insists on a number, and
   * all of its models since Claude 3.7 can write so many.
   */
  static final int MOST_TOKENS = 16_384;

  /** Models that think with a budget only, and take no word for the effort. */
  private static final Pattern BUDGET_ONLY =
      Pattern.compile("claude-(?:[23][-.].*|(?:opus|sonnet|haiku)-4(?:-[0-5])?(?:-\\d{8})?)");

  private static final int LEAST_BUDGET = 1_024;

  private final Conversation conversation;
  private final ObjectNode body = LimitedJson.object();
  private @Nullable Thinking thinking;
  private @Nullable String effort;

  private MessagesRequestWriter(Conversation conversation, String model) {
    this.conversation = conversation;
    thinking = conversation.thinking();
    effort = conversation.effort();
    if (effort != null && BUDGET_ONLY.matcher(model).matches()) {
      if (thinking == null || thinking instanceof Thinking.Adaptive) {
        thinking = new Thinking.Budget(budget(effort, conversation.maxTokens()));
      }
      effort = null;
    } else if (effort != null && thinking == null) {
      thinking = new Thinking.Adaptive();
    }
    body.put("model", model);
  }

  static ObjectNode write(Conversation conversation, String model) throws UntranslatableException {
    return new MessagesRequestWriter(conversation, model).write();
  }

  /** Writes what is to be counted: that is all which is read, and nothing of how to answer. */
  static ObjectNode writeCount(Conversation conversation, String model)
      throws UntranslatableException {
    return new MessagesRequestWriter(conversation, model).said();
  }

  private ObjectNode write() throws UntranslatableException {
    unsayable();
    int budget = thinking instanceof Thinking.Budget(int tokens) ? tokens : 0;
    Integer most = conversation.maxTokens();
    body.put("max_tokens", most != null ? most : MOST_TOKENS + budget);
    if (conversation.temperature() != null) {
      if (conversation.temperature().compareTo(BigDecimal.ONE) > 0) {
        throw new UntranslatableException(
            "temperature", "temperature can be at most 1 for this model.");
      }
      body.put("temperature", conversation.temperature());
    }
    if (conversation.topP() != null) {
      body.put("top_p", conversation.topP());
    }
    if (conversation.topK() != null) {
      body.put("top_k", conversation.topK());
    }
    if (!conversation.stops().isEmpty()) {
      conversation.stops().forEach(body.putArray("stop_sequences")::add);
    }
    if (conversation.user() != null) {
      body.putObject("metadata").put("user_id", conversation.user());
    }
    if (conversation.streamed()) {
      body.put("stream", true);
    }
    return said();
  }

  private void unsayable() throws UntranslatableException {
    if (conversation.candidates() != null && conversation.candidates() > 1) {
      throw new UntranslatableException(
          "n", "This model gives one answer at a time: n can only be 1.");
    }
    if (conversation.seed() != null) {
      throw new UntranslatableException("seed", "This model takes no seed; leave it out.");
    }
    penalty("frequency_penalty", conversation.frequencyPenalty());
    penalty("presence_penalty", conversation.presencePenalty());
  }

  private static void penalty(String name, @Nullable BigDecimal value)
      throws UntranslatableException {
    if (value != null && value.signum() != 0) {
      throw new UntranslatableException(name, "This model takes no " + name + "; leave it out.");
    }
  }

  private ObjectNode said() throws UntranslatableException {
    if (!conversation.system().isEmpty()) {
      JsonNode system = MessagesPartsWriter.content(conversation.system());
      if (!system.isEmpty() || system.isString()) {
        body.set("system", system);
      }
    }
    ArrayNode messages = body.putArray("messages");
    for (Message message : Turns.joined(conversation.messages())) {
      JsonNode content = MessagesPartsWriter.content(message.parts());
      if (content.isString() || !content.isEmpty()) {
        messages.addObject().put("role", role(message.role())).set("content", content);
      }
    }
    tools();
    choice();
    output();
    switch (thinking) {
      case Thinking.Off() -> body.putObject("thinking").put("type", "disabled");
      case Thinking.Adaptive() -> body.putObject("thinking").put("type", "adaptive");
      case Thinking.Budget(int tokens) ->
          body.putObject("thinking").put("type", "enabled").put("budget_tokens", tokens);
      case null -> {}
    }
    return body;
  }

  private static String role(Message.Role role) {
    return switch (role) {
      case USER -> "user";
      case ASSISTANT -> "assistant";
      case SYSTEM -> "system";
    };
  }

  private void tools() {
    List<Tool> tools = conversation.tools();
    if (tools.isEmpty()) {
      return;
    }
    ArrayNode written = body.putArray("tools");
    for (Tool tool : tools) {
      ObjectNode to = written.addObject().put("name", tool.name());
      if (tool.description() != null) {
        to.put("description", tool.description());
      }
      to.set("input_schema", schema(tool.schema()));
      if (tool.strict() != null) {
        to.put("strict", tool.strict());
      }
      if (tool.cache() != null) {
        CacheControls.write(to, tool.cache());
      }
    }
  }

  /** Anthropic insists on the type, which for arguments can be no other. */
  private static JsonNode schema(JsonNode schema) {
    return schema.has("type") || !(schema instanceof ObjectNode object)
        ? schema
        : object.deepCopy().put("type", "object");
  }

  private void choice() {
    Boolean parallel = conversation.parallelTools();
    switch (conversation.toolChoice()) {
      case ToolChoice.Unsaid() -> {
        if (Boolean.FALSE.equals(parallel) && !conversation.tools().isEmpty()) {
          choice("auto", parallel);
        }
      }
      case ToolChoice.Auto() -> choice("auto", parallel);
      case ToolChoice.None() -> choice("none", null);
      case ToolChoice.Required() -> choice("any", parallel);
      case ToolChoice.Named(String name) -> choice("tool", parallel).put("name", name);
    }
  }

  private ObjectNode choice(String type, @Nullable Boolean parallel) {
    ObjectNode choice = body.putObject("tool_choice").put("type", type);
    if (parallel != null) {
      choice.put("disable_parallel_tool_use", !parallel);
    }
    return choice;
  }

  private void output() throws UntranslatableException {
    if (effort != null) {
      body.withObject("/output_config").put("effort", effort.equals("minimal") ? "low" : effort);
    }
    switch (conversation.format()) {
      case AnswerFormat.Text() -> {}
      case AnswerFormat.Json() ->
          throw new UntranslatableException(
              "response_format",
              "This model writes JSON only by a schema: use the type \"json_schema\".");
      case AnswerFormat.Schema schema ->
          body.withObject("/output_config")
              .putObject("format")
              .put("type", "json_schema")
              .set("schema", described(schema));
    }
  }

  /** Its description is said where a schema says such things; the name is nothing but a label. */
  private static JsonNode described(AnswerFormat.Schema format) {
    if (format.description() == null
        || format.schema().has("description")
        || !(format.schema() instanceof ObjectNode object)) {
      return format.schema();
    }
    return object.deepCopy().put("description", format.description());
  }

  /** At most half of what the answer may have, but what Anthropic asks for at the least. */
  private static int budget(String effort, @Nullable Integer most) {
    int wanted =
        switch (effort) {
          case "minimal", "low" -> 2_048;
          case "medium" -> 8_192;
          case "high" -> 16_384;
          default -> 32_768;
        };
    return most == null ? wanted : Math.max(LEAST_BUDGET, Math.min(wanted, most / 2));
  }
}
