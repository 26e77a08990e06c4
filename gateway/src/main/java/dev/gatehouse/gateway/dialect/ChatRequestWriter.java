package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code POST /chat/completions}. */
final class ChatRequestWriter {
  private static final int LONGEST_USER = 64;
  private static final int LOW_BUDGET = 2_048;
  private static final int MEDIUM_BUDGET = 8_192;

  private final Conversation conversation;
  private final boolean compatible;
  private final ObjectNode body = LimitedJson.object();

  private ChatRequestWriter(Conversation conversation, boolean compatible) {
    this.conversation = conversation;
    this.compatible = compatible;
  }

  /**
   * Writes it.
   *
   * @param compatible whether for another vendor's copy of the format, which knows the older names
   */
  static ObjectNode write(Conversation conversation, String model, boolean compatible)
      throws UntranslatableException {
    return new ChatRequestWriter(conversation, compatible).write(model);
  }

  private ObjectNode write(String model) throws UntranslatableException {
    body.put("model", model);
    ChatMessagesWriter.write(conversation, body.putArray("messages"));
    numbers();
    tools();
    format();
    String effort = effort();
    if (effort != null) {
      body.put("reasoning_effort", effort);
    }
    if (conversation.user() != null) {
      body.put("user", user(conversation.user()));
    }
    if (conversation.streamed()) {
      body.put("stream", true);
      // Always: the gateway settles by it.
      body.putObject("stream_options").put("include_usage", true);
    }
    return body;
  }

  private void numbers() throws UntranslatableException {
    if (conversation.maxTokens() != null) {
      body.put(compatible ? "max_tokens" : "max_completion_tokens", conversation.maxTokens());
    }
    if (conversation.temperature() != null) {
      body.put("temperature", conversation.temperature());
    }
    if (conversation.topP() != null) {
      body.put("top_p", conversation.topP());
    }
    if (conversation.topK() != null) {
      if (!compatible) {
        throw new UntranslatableException("top_k", "OpenAI's models take no top_k; leave it out.");
      }
      body.put("top_k", conversation.topK());
    }
    if (conversation.frequencyPenalty() != null) {
      body.put("frequency_penalty", conversation.frequencyPenalty());
    }
    if (conversation.presencePenalty() != null) {
      body.put("presence_penalty", conversation.presencePenalty());
    }
    if (conversation.seed() != null) {
      body.put("seed", conversation.seed());
    }
    if (conversation.candidates() != null) {
      body.put("n", conversation.candidates());
    }
    if (!conversation.stops().isEmpty()) {
      conversation.stops().forEach(body.putArray("stop")::add);
    }
  }

  private void tools() {
    if (!conversation.tools().isEmpty()) {
      var tools = body.putArray("tools");
      for (Tool tool : conversation.tools()) {
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name());
        if (tool.description() != null) {
          function.put("description", tool.description());
        }
        function.set("parameters", tool.schema());
        if (tool.strict() != null) {
          function.put("strict", tool.strict());
        }
      }
      // OpenAI refuses it where there are no tools.
      if (conversation.parallelTools() != null) {
        body.put("parallel_tool_calls", conversation.parallelTools());
      }
    }
    switch (conversation.toolChoice()) {
      case ToolChoice.Unsaid() -> {}
      case ToolChoice.Auto() -> choice("auto");
      case ToolChoice.None() -> choice("none");
      case ToolChoice.Required() -> body.put("tool_choice", "required");
      case ToolChoice.Named(String name) ->
          body.putObject("tool_choice")
              .put("type", "function")
              .putObject("function")
              .put("name", name);
    }
  }

  private void choice(String word) {
    if (!conversation.tools().isEmpty()) {
      body.put("tool_choice", word);
    }
  }

  private void format() {
    switch (conversation.format()) {
      case AnswerFormat.Text() -> {}
      case AnswerFormat.Json() -> body.putObject("response_format").put("type", "json_object");
      case AnswerFormat.Schema schema -> {
        ObjectNode format = body.putObject("response_format").put("type", "json_schema");
        ObjectNode inner = format.putObject("json_schema").put("name", schema.name());
        if (schema.description() != null) {
          inner.put("description", schema.description());
        }
        inner.set("schema", schema.schema());
        if (schema.strict() != null) {
          inner.put("strict", schema.strict());
        }
      }
    }
  }

  /** OpenAI's models take no number of tokens to think with, only words. */
  private @Nullable String effort() {
    return switch (conversation.thinking()) {
      case Thinking.Off() -> "none";
      case Thinking.Budget(int tokens) when conversation.effort() == null ->
          tokens <= LOW_BUDGET ? "low" : tokens <= MEDIUM_BUDGET ? "medium" : "high";
      case Thinking.Budget(int tokens) -> conversation.effort();
      case Thinking.Adaptive() -> conversation.effort();
      case null -> conversation.effort();
    };
  }

  /** OpenAI takes at most 64 characters, and recommends a hash where a user's name is longer. */
  private static String user(String user) {
    if (user.length() <= LONGEST_USER) {
      return user;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(user.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
