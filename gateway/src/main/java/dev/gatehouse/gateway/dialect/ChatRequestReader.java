package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code POST /v1/chat/completions}. */
final class ChatRequestReader {
  private static final String UNSAYABLE = "cannot be translated for this model; leave it out.";

  private final Fields request;

  private ChatRequestReader(Fields request) {
    this.request = request;
  }

  static Conversation read(JsonNode body) throws UntranslatableException {
    return new ChatRequestReader(Fields.of(body, "")).read();
  }

  private Conversation read() throws UntranslatableException {
    refuse();
    ChatMessagesReader messages = new ChatMessagesReader();
    messages.read(request.objects("messages"));
    String effort = ThinkingFields.effort(request, "reasoning_effort");
    boolean streamed = Boolean.TRUE.equals(request.flag("stream"));
    Conversation conversation =
        new Conversation(
            request.needText("model"),
            messages.system(),
            messages.messages(),
            tools(request),
            toolChoice(),
            format(request.object("response_format")),
            maxTokens(),
            request.number("temperature"),
            request.number("top_p"),
            request.count("top_k"),
            request.number("frequency_penalty"),
            request.number("presence_penalty"),
            request.whole("seed"),
            stops(),
            request.count("n"),
            request.flag("parallel_tool_calls"),
            "none".equals(effort) ? new Thinking.Off() : ThinkingFields.thinking(request),
            "none".equals(effort) ? null : effort,
            user(request),
            streamed,
            streamedUsage());
    request.end();
    return conversation;
  }

  /** Takes what no conversation holds: as a hint, at its usual value, or not at all. */
  private void refuse() throws UntranslatableException {
    request.passOver("prompt_cache_key", "prompt_cache_retention", "prompt_cache_options");
    request.only("logprobs", false, UNSAYABLE);
    request.only("store", false, "cannot be translated: the gateway keeps no answers.");
    request.only("verbosity", "medium", UNSAYABLE);
    request.empty("logit_bias", UNSAYABLE);
    request.empty("metadata", UNSAYABLE);
    for (String name : List.of("functions", "function_call")) {
      request.empty(name, "is no longer supported: say it with tools and tool_choice.");
    }
    for (String name :
        List.of("audio", "moderation", "prediction", "top_logprobs", "web_search_options")) {
      request.empty(name, UNSAYABLE);
    }
    String tier = request.text("service_tier");
    if (tier != null && !tier.equals("auto") && !tier.equals("default")) {
      throw request.cannot("service_tier", UNSAYABLE);
    }
    if (!request.texts("modalities").stream().allMatch("text"::equals)) {
      throw request.cannot("modalities", "can only be text for this model.");
    }
  }

  static List<Tool> tools(Fields request) throws UntranslatableException {
    List<Tool> tools = new ArrayList<>();
    for (Fields tool : request.objects("tools")) {
      if (!tool.needText("type").equals("function")) {
        throw tool.cannot("type", "cannot be translated for this model: only \"function\" can.");
      }
      Fields function = tool.needObject("function");
      tools.add(tool(function, CacheControls.read(tool)));
      function.end();
      tool.end();
    }
    return tools;
  }

  static Tool tool(Fields function, Part.@Nullable CachePoint cache)
      throws UntranslatableException {
    JsonNode schema = function.take("parameters");
    if (schema != null && !schema.isObject()) {
      throw function.cannot("parameters", "has to be an object.");
    }
    return new Tool(
        function.needText("name"),
        function.text("description"),
        schema != null ? schema : noArguments(),
        function.flag("strict"),
        cache);
  }

  private static JsonNode noArguments() {
    ObjectNode schema = LimitedJson.object().put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private ToolChoice toolChoice() throws UntranslatableException {
    JsonNode choice = request.take("tool_choice");
    if (choice == null) {
      return new ToolChoice.Unsaid();
    }
    if (choice.isString()) {
      return toolChoice(request, choice.stringValue());
    }
    Fields named = Fields.of(choice, request.path("tool_choice"));
    if (!named.needText("type").equals("function")) {
      throw named.cannot("type", "cannot be translated for this model: only \"function\" can.");
    }
    Fields function = named.needObject("function");
    ToolChoice result = new ToolChoice.Named(function.needText("name"));
    function.end();
    named.end();
    return result;
  }

  static ToolChoice toolChoice(Fields request, String word) throws UntranslatableException {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default ->
          throw request.cannot(
              "tool_choice", "has to be \"auto\", \"none\", \"required\" or a tool.");
    };
  }

  private static AnswerFormat format(@Nullable Fields format) throws UntranslatableException {
    if (format == null) {
      return new AnswerFormat.Text();
    }
    AnswerFormat result =
        switch (format.needText("type")) {
          case "text" -> new AnswerFormat.Text();
          case "json_object" -> new AnswerFormat.Json();
          case "json_schema" -> {
            Fields schema = format.needObject("json_schema");
            AnswerFormat read = schema(schema);
            schema.end();
            yield read;
          }
          default ->
              throw format.cannot(
                  "type", "has to be \"text\", \"json_object\" or \"json_schema\".");
        };
    format.end();
    return result;
  }

  static AnswerFormat.Schema schema(Fields schema) throws UntranslatableException {
    return new AnswerFormat.Schema(
        schema.needText("name"),
        schema.text("description"),
        schema.needObject("schema").node(),
        schema.flag("strict"));
  }

  private @Nullable Integer maxTokens() throws UntranslatableException {
    Integer now = request.count("max_completion_tokens");
    Integer formerly = request.count("max_tokens");
    if (now != null && formerly != null && !Objects.equals(now, formerly)) {
      throw request.cannot("max_tokens", "says another number than max_completion_tokens.");
    }
    return now != null ? now : formerly;
  }

  private List<String> stops() throws UntranslatableException {
    JsonNode stop = request.take("stop");
    return stop != null && stop.isString() ? List.of(stop.stringValue()) : request.texts("stop");
  }

  static @Nullable String user(Fields request) throws UntranslatableException {
    String user = request.text("user");
    String now = request.text("safety_identifier");
    if (user != null && now != null && !user.equals(now)) {
      throw request.cannot("user", "says another user than safety_identifier.");
    }
    return user != null ? user : now;
  }

  private boolean streamedUsage() throws UntranslatableException {
    Fields options = request.object("stream_options");
    if (options == null) {
      return false;
    }
    // Padding against eavesdroppers who count bytes: nothing of the answer.
    options.passOver("include_obfuscation");
    boolean usage = Boolean.TRUE.equals(options.flag("include_usage"));
    options.end();
    return usage;
  }
}
