package dev.gatehouse.gateway.dialect;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** A tool call's arguments, which OpenAI has as text and Anthropic as an object. */
final class Arguments {
  private Arguments() {}

  /** Takes a field that holds them as text; none at all are an empty object. */
  static String read(Fields of, String name) throws UntranslatableException {
    String text = of.needText(name);
    if (text.isBlank()) {
      return "{}";
    }
    try {
      if (LimitedJson.request(text.getBytes(StandardCharsets.UTF_8)).isObject()) {
        return text;
      }
    } catch (UntranslatableException e) {
      throw notAnObject(of, name);
    }
    throw notAnObject(of, name);
  }

  private static UntranslatableException notAnObject(Fields of, String name) {
    return of.cannot(name, "has to be a JSON object as text.");
  }

  /** As an object; {@link dev.gatehouse.gateway.conversation.Part.ToolCall} says that it is one. */
  static ObjectNode object(String arguments) throws UntranslatableException {
    if (arguments.isBlank()) {
      return LimitedJson.object();
    }
    if (LimitedJson.request(arguments.getBytes(StandardCharsets.UTF_8))
        instanceof ObjectNode read) {
      return read;
    }
    throw new UntranslatableException("messages", "A tool call's arguments are no JSON object.");
  }
}
