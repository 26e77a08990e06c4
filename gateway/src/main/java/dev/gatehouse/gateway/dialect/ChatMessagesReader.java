package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Message.Role;
import dev.gatehouse.gateway.conversation.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a chat completion's request. */
final class ChatMessagesReader {
  private final List<Part> system = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, String> toolNames = new HashMap<>();

  List<Part> system() {
    return system;
  }

  List<Message> messages() {
    return messages;
  }

  void read(List<Fields> given) throws UntranslatableException {
    if (given.isEmpty()) {
      throw new UntranslatableException("messages", "messages has to hold at least one message.");
    }
    for (Fields message : given) {
      switch (message.needText("role")) {
        case "system", "developer" -> system(message);
        case "user" -> messages.add(new Message(Role.USER, content(message)));
        case "assistant" -> messages.add(new Message(Role.ASSISTANT, assistant(message)));
        case "tool" -> messages.add(new Message(Role.USER, List.of(result(message))));
        case "function" ->
            throw message.cannot("role", "\"function\" is no longer supported: use \"tool\".");
        default ->
            throw message.cannot(
                "role",
                "has to be \"system\", \"developer\", \"user\", \"assistant\" or \"tool\".");
      }
      if (message.has("name")) {
        throw message.cannot("name", "cannot be translated for this model; leave it out.");
      }
      message.end();
    }
  }

  private void system(Fields message) throws UntranslatableException {
    List<Part> parts = content(message);
    if (!parts.stream().allMatch(p -> p instanceof Part.Text || p instanceof Part.CachePoint)) {
      throw message.cannot("content", "can only be text in this role.");
    }
    if (messages.isEmpty()) {
      system.addAll(parts);
    } else {
      messages.add(new Message(Role.SYSTEM, parts));
    }
  }

  private List<Part> content(Fields message) throws UntranslatableException {
    JsonNode content = message.need("content");
    if (content.isString()) {
      return List.of(new Part.Text(content.stringValue()));
    }
    return ChatPartsReader.read(message.objects("content"));
  }

  private List<Part> assistant(Fields message) throws UntranslatableException {
    List<Part> parts = new ArrayList<>(thoughts(message));
    if (message.has("content")) {
      List<Part> content = content(message);
      // An empty text beside tool calls is how many clients write none.
      content.stream().filter(part -> !part.equals(new Part.Text(""))).forEach(parts::add);
    }
    String refusal = message.text("refusal");
    if (refusal != null && !refusal.isEmpty()) {
      parts.add(new Part.Text(refusal));
    }
    for (Fields call : message.objects("tool_calls")) {
      parts.add(call(call));
    }
    message.take("content");
    // What OpenAI's SDK read out of the text that is here, too.
    message.passOver("parsed");
    message.empty("annotations", "cannot be translated for this model; leave it out.");
    message.empty("function_call", "is no longer supported: say it with tool_calls.");
    message.empty("audio", "cannot be translated for this model; leave it out.");
    return parts;
  }

  /**
   * What the model thought, where the client gives it back: with signatures as the gateway (and
   * LiteLLM) wrote it, or as the bare text.
   */
  private static List<Part> thoughts(Fields message) throws UntranslatableException {
    List<Part> thoughts = new ArrayList<>();
    for (Fields block : message.objects("thinking_blocks")) {
      // Its place among streamed pieces.
      block.passOver("index");
      thoughts.add(MessagesPartsReader.thought(block, block.needText("type")));
      block.end();
    }
    String text = message.text("reasoning_content");
    String otherwise = message.text("reasoning");
    String bare = text != null ? text : otherwise;
    if (thoughts.isEmpty() && bare != null && !bare.isEmpty()) {
      thoughts.add(new Part.Thought(bare, null));
    }
    return thoughts;
  }

  private Part call(Fields call) throws UntranslatableException {
    // Some clients leave the type out; it has been the only one for long.
    String type = call.text("type");
    if (type != null && !type.equals("function")) {
      throw call.cannot("type", "cannot be translated for this model: only \"function\" can.");
    }
    // Its place among streamed pieces, which some clients send back.
    call.passOver("index");
    SignedId id = SignedId.read(call.needText("id"));
    Fields function = call.needObject("function");
    String name = function.needText("name");
    String arguments = Arguments.read(function, "arguments");
    function.passOver("parsed_arguments");
    function.end();
    call.end();
    toolNames.put(id.id(), name);
    return new Part.ToolCall(id.id(), name, arguments, id.signature());
  }

  private Part result(Fields message) throws UntranslatableException {
    String id = SignedId.read(message.needText("tool_call_id")).id();
    String said = message.text("name");
    return new Part.ToolResult(id, toolNames.getOrDefault(id, said), content(message), false);
  }
}
