package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code POST /v1/responses}, of which it takes all that needs no memory at the vendor. */
final class ResponsesRequestReader {
  private static final String UNSAYABLE = "cannot be translated for this model; leave it out.";
  private static final String STATEFUL =
      "is not supported: the gateway keeps no answers. Send the whole conversation as input.";

  private final Fields request;

  private ResponsesRequestReader(Fields request) {
    this.request = request;
  }

  static Conversation read(JsonNode body) throws UntranslatableException {
    return new ResponsesRequestReader(Fields.of(body, "")).read();
  }

  private Conversation read() throws UntranslatableException {
    refuse();
    List<Part> system = new ArrayList<>();
    String instructions = request.text("instructions");
    if (instructions != null) {
      system.add(new Part.Text(instructions));
    }
    ResponsesItemsReader items = new ResponsesItemsReader(system);
    JsonNode input = request.need("input");
    if (input.isString()) {
      items.text(input.stringValue());
    } else {
      items.read(request.objects("input"));
    }
    String effort = effort();
    boolean none = "none".equals(effort);
    Conversation conversation =
        new Conversation(
            request.needText("model"),
            system,
            items.messages(),
            tools(),
            toolChoice(),
            format(),
            request.count("max_output_tokens"),
            request.number("temperature"),
            request.number("top_p"),
            null,
            null,
            null,
            null,
            List.of(),
            null,
            request.flag("parallel_tool_calls"),
            none ? new Thinking.Off() : null,
            none ? null : effort,
            ChatRequestReader.user(request),
            Boolean.TRUE.equals(request.flag("stream")),
            // A streamed response always ends with its usage.
            true);
    request.end();
    return conversation;
  }

  private void refuse() throws UntranslatableException {
    request.passOver("prompt_cache_key", "prompt_cache_retention", "prompt_cache_options");
    // It counts calls of the vendor's own tools, and none can be given.
    request.passOver("max_tool_calls");
    request.only("background", false, STATEFUL);
    request.only("store", false, STATEFUL);
    for (String name : List.of("conversation", "previous_response_id", "prompt")) {
      if (request.take(name) != null) {
        throw request.cannot(name, STATEFUL);
      }
    }
    request.only("truncation", "disabled", UNSAYABLE);
    for (String name :
        List.of(
            "access_programs", "context_management", "metadata", "moderation", "top_logprobs")) {
      request.empty(name, UNSAYABLE);
    }
    String tier = request.text("service_tier");
    if (tier != null && !tier.equals("auto") && !tier.equals("default")) {
      throw request.cannot("service_tier", UNSAYABLE);
    }
    // Encrypted reasoning is always given, as there is nothing that could remember it.
    if (!request.texts("include").stream().allMatch("reasoning.encrypted_content"::equals)) {
      throw request.cannot("include", "can only be \"reasoning.encrypted_content\".");
    }
    Fields options = request.object("stream_options");
    if (options != null) {
      options.passOver("include_obfuscation");
      options.end();
    }
  }

  private List<Tool> tools() throws UntranslatableException {
    List<Tool> tools = new ArrayList<>();
    for (Fields tool : request.objects("tools")) {
      if (!tool.needText("type").equals("function")) {
        throw tool.cannot(
            "type",
            "is a tool of the vendor's: only \"function\" can be translated for this model.");
      }
      tool.only("defer_loading", false, UNSAYABLE);
      tool.empty("output_schema", UNSAYABLE);
      if (!tool.texts("allowed_callers").stream().allMatch("direct"::equals)) {
        throw tool.cannot("allowed_callers", UNSAYABLE);
      }
      tools.add(ChatRequestReader.tool(tool, null));
      tool.end();
    }
    return tools;
  }

  private ToolChoice toolChoice() throws UntranslatableException {
    JsonNode choice = request.take("tool_choice");
    if (choice == null) {
      return new ToolChoice.Unsaid();
    }
    if (choice.isString()) {
      return ChatRequestReader.toolChoice(request, choice.stringValue());
    }
    Fields named = Fields.of(choice, request.path("tool_choice"));
    if (!named.needText("type").equals("function")) {
      throw named.cannot("type", "cannot be translated for this model: only \"function\" can.");
    }
    ToolChoice result = new ToolChoice.Named(named.needText("name"));
    named.end();
    return result;
  }

  private AnswerFormat format() throws UntranslatableException {
    Fields text = request.object("text");
    if (text == null) {
      return new AnswerFormat.Text();
    }
    text.only("verbosity", "medium", UNSAYABLE);
    Fields format = text.object("format");
    text.end();
    if (format == null) {
      return new AnswerFormat.Text();
    }
    AnswerFormat result =
        switch (format.needText("type")) {
          case "text" -> new AnswerFormat.Text();
          case "json_object" -> new AnswerFormat.Json();
          case "json_schema" -> ChatRequestReader.schema(format);
          default ->
              throw format.cannot(
                  "type", "has to be \"text\", \"json_object\" or \"json_schema\".");
        };
    format.end();
    return result;
  }

  private @Nullable String effort() throws UntranslatableException {
    Fields reasoning = request.object("reasoning");
    if (reasoning == null) {
      return null;
    }
    // How much of the thoughts is told: they are passed on as the model tells them.
    reasoning.passOver("summary", "generate_summary");
    reasoning.only("context", "auto", UNSAYABLE);
    reasoning.only("mode", "standard", UNSAYABLE);
    String effort = ThinkingFields.effort(reasoning, "effort");
    reasoning.end();
    return effort;
  }
}
