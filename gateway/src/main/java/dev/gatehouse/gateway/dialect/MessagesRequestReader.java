package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Message.Role;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. */
final class MessagesRequestReader {
  private static final String UNSAYABLE = "cannot be translated for this model; leave it out.";

  private final Fields request;
  private final MessagesPartsReader parts = new MessagesPartsReader();
  private @Nullable String effort;
  private AnswerFormat format = new AnswerFormat.Text();

  private MessagesRequestReader(Fields request) {
    this.request = request;
  }

  static Conversation read(JsonNode body) throws UntranslatableException {
    MessagesRequestReader reader = new MessagesRequestReader(Fields.of(body, ""));
    Integer maxTokens = reader.request.count("max_tokens");
    if (maxTokens == null) {
      throw reader.request.cannot("max_tokens", "is missing.");
    }
    return reader.conversation(maxTokens);
  }

  /** To count tokens: the fields that say what is read, and none that say how it is answered. */
  static Conversation readCount(JsonNode body) throws UntranslatableException {
    Fields request = Fields.of(body, "");
    for (String name :
        List.of(
            "max_tokens",
            "metadata",
            "stop_sequences",
            "stream",
            "temperature",
            "top_k",
            "top_p")) {
      if (request.has(name)) {
        throw request.cannot(name, "does not belong to a count of tokens.");
      }
    }
    return new MessagesRequestReader(request).conversation(null);
  }

  private Conversation conversation(@Nullable Integer maxTokens) throws UntranslatableException {
    refuse();
    List<Part> system = request.has("system") ? parts.instructions(request, "system") : List.of();
    request.take("system");
    List<Message> messages = messages();
    List<Tool> tools = tools();
    output();
    Fields choice = request.object("tool_choice");
    Thinking thinking = ThinkingFields.thinking(request);
    Conversation conversation =
        new Conversation(
            request.needText("model"),
            system,
            messages,
            tools,
            choice(choice),
            format,
            maxTokens,
            request.number("temperature"),
            request.number("top_p"),
            request.count("top_k"),
            null,
            null,
            null,
            request.texts("stop_sequences"),
            null,
            parallel(choice),
            thinking,
            effort,
            user(),
            Boolean.TRUE.equals(request.flag("stream")),
            // A streamed message always ends with its usage.
            true);
    request.end();
    return conversation;
  }

  private void refuse() throws UntranslatableException {
    for (String name :
        List.of(
            "container",
            "context_management",
            "diagnostics",
            "inference_geo",
            "mcp_servers",
            "user_profile_id",
            "workspace_id")) {
      request.empty(name, UNSAYABLE);
    }
    String tier = request.text("service_tier");
    if (tier != null && !tier.equals("auto") && !tier.equals("standard_only")) {
      throw request.cannot("service_tier", UNSAYABLE);
    }
  }

  private List<Message> messages() throws UntranslatableException {
    List<Message> messages = new ArrayList<>();
    for (Fields message : request.objects("messages")) {
      messages.add(
          switch (message.needText("role")) {
            case "user" -> new Message(Role.USER, parts.read(message, "content"));
            case "assistant" -> new Message(Role.ASSISTANT, parts.read(message, "content"));
            case "system" -> new Message(Role.SYSTEM, parts.instructions(message, "content"));
            default ->
                throw message.cannot("role", "has to be \"user\", \"assistant\" or \"system\".");
          });
      message.end();
    }
    if (messages.isEmpty()) {
      throw request.cannot("messages", "has to hold at least one message.");
    }
    // Of the whole request, it is said of the last block.
    Part.CachePoint cache = CacheControls.read(request);
    if (cache != null) {
      Message last = messages.removeLast();
      List<Part> content = new ArrayList<>(last.parts());
      content.add(cache);
      messages.add(new Message(last.role(), content));
    }
    return messages;
  }

  private List<Tool> tools() throws UntranslatableException {
    List<Tool> tools = new ArrayList<>();
    for (Fields tool : request.objects("tools")) {
      String type = tool.text("type");
      if (type != null && !type.equals("custom")) {
        throw tool.cannot(
            "type", "is a tool of the vendor's, which cannot be translated for this model.");
      }
      // How the arguments are streamed, not what they are.
      tool.passOver("eager_input_streaming");
      tool.only("defer_loading", false, UNSAYABLE);
      tool.empty("input_examples", UNSAYABLE);
      if (!tool.texts("allowed_callers").stream().allMatch("direct"::equals)) {
        throw tool.cannot("allowed_callers", UNSAYABLE);
      }
      tools.add(
          new Tool(
              tool.needText("name"),
              tool.text("description"),
              tool.needObject("input_schema").node(),
              tool.flag("strict"),
              CacheControls.read(tool)));
      tool.end();
    }
    return tools;
  }

  private void output() throws UntranslatableException {
    Fields formerly = request.object("output_format");
    Fields output = request.object("output_config");
    if (output != null) {
      effort = ThinkingFields.effort(output, "effort");
      Fields now = output.object("format");
      if (now != null && formerly != null) {
        throw request.cannot("output_format", "and output_config.format are the same: send one.");
      }
      formerly = now != null ? now : formerly;
      output.end();
    }
    if (formerly != null) {
      formerly.only("type", "json_schema", "has to be \"json_schema\".");
      format = new AnswerFormat.Schema("answer", null, formerly.needObject("schema").node(), true);
      formerly.end();
    }
  }

  private static ToolChoice choice(@Nullable Fields choice) throws UntranslatableException {
    if (choice == null) {
      return new ToolChoice.Unsaid();
    }
    return switch (choice.needText("type")) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Required();
      case "none" -> new ToolChoice.None();
      case "tool" -> new ToolChoice.Named(choice.needText("name"));
      default -> throw choice.cannot("type", "has to be \"auto\", \"any\", \"tool\" or \"none\".");
    };
  }

  private static @Nullable Boolean parallel(@Nullable Fields choice)
      throws UntranslatableException {
    if (choice == null) {
      return null;
    }
    Boolean disabled = choice.flag("disable_parallel_tool_use");
    choice.end();
    return disabled == null ? null : !disabled;
  }

  private @Nullable String user() throws UntranslatableException {
    Fields metadata = request.object("metadata");
    if (metadata == null) {
      return null;
    }
    String user = metadata.text("user_id");
    metadata.end();
    return user;
  }
}
