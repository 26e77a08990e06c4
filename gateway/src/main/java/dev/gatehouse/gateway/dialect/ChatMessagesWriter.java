package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the messages of a chat completion's request. What a model thought is left out: it is of
 * use only to the model that signed it. Cache points are left out, too: such providers cache by
 * themselves.
 */
final class ChatMessagesWriter {
  private final ArrayNode to;

  private ChatMessagesWriter(ArrayNode to) {
    this.to = to;
  }

  static void write(Conversation conversation, ArrayNode to) throws UntranslatableException {
    ChatMessagesWriter writer = new ChatMessagesWriter(to);
    if (!conversation.system().isEmpty()) {
      writer.system(conversation.system());
    }
    for (Message message : Turns.joined(conversation.messages())) {
      switch (message.role()) {
        case SYSTEM -> writer.system(message.parts());
        case USER -> writer.user(message.parts());
        case ASSISTANT -> writer.assistant(message.parts());
      }
    }
  }

  /** One text: the templates of many open models know no more than one. */
  private void system(List<Part> parts) {
    String text =
        parts.stream()
            .filter(Part.Text.class::isInstance)
            .map(part -> ((Part.Text) part).text())
            .collect(Collectors.joining("\n\n"));
    if (!text.isEmpty()) {
      to.addObject().put("role", "system").put("content", text);
    }
  }

  private void user(List<Part> parts) throws UntranslatableException {
    List<Part> said = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        to.addObject()
            .put("role", "tool")
            .put("tool_call_id", result.callId())
            .put("content", text(result));
      } else if (!(part instanceof Part.CachePoint)) {
        said.add(part);
      }
    }
    if (said.size() == 1 && said.getFirst() instanceof Part.Text(String text)) {
      to.addObject().put("role", "user").put("content", text);
    } else if (!said.isEmpty()) {
      ArrayNode content = to.addObject().put("role", "user").putArray("content");
      for (Part part : said) {
        part(content, part);
      }
    }
  }

  /** The format has no place for failure but the text itself. */
  private static String text(Part.ToolResult result) throws UntranslatableException {
    StringBuilder text = new StringBuilder(result.error() ? "Error: " : "");
    String between = "";
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text(String piece) -> {
          text.append(between).append(piece);
          between = "\n";
        }
        case Part.CachePoint point -> {}
        default ->
            throw new UntranslatableException(
                "messages", "A tool's result can only be text for this model.");
      }
    }
    return text.toString();
  }

  private static void part(ArrayNode to, Part part) throws UntranslatableException {
    switch (part) {
      case Part.Text(String text) -> to.addObject().put("type", "text").put("text", text);
      case Part.Image image -> {
        ObjectNode inner = to.addObject().put("type", "image_url").putObject("image_url");
        inner.put("url", address(image));
        if (image.detail() != null) {
          inner.put("detail", image.detail());
        }
      }
      case Part.Document document -> document(to, document);
      case Part.CachePoint point -> {}
      case Part.ToolCall call -> throw misplaced();
      case Part.ToolResult result -> throw misplaced();
      case Part.Thought thought -> throw misplaced();
      case Part.RedactedThought thought -> throw misplaced();
    }
  }

  private static UntranslatableException misplaced() {
    return new UntranslatableException(
        "messages", "A user's message cannot hold tool calls or what the model thought.");
  }

  private static String address(Part.Image image) throws UntranslatableException {
    if (image.url() != null) {
      return image.url();
    }
    if (image.mediaType() == null || image.base64() == null) {
      throw new UntranslatableException("messages", "An image has neither data nor an address.");
    }
    return DataUri.write(image.mediaType(), image.base64());
  }

  private static void document(ArrayNode to, Part.Document document)
      throws UntranslatableException {
    if (document.base64() == null || document.mediaType() == null) {
      throw new UntranslatableException(
          "messages", "A document has to be sent by value for this model, not by its address.");
    }
    if (document.mediaType().equals("text/plain")) {
      to.addObject().put("type", "text").put("text", decoded(document.base64()));
      return;
    }
    ObjectNode file = to.addObject().put("type", "file").putObject("file");
    file.put("filename", document.name() == null ? "document" : document.name());
    file.put("file_data", DataUri.write(document.mediaType(), document.base64()));
  }

  static String decoded(String base64) throws UntranslatableException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UntranslatableException("messages", "A document of text is not valid Base64.");
    }
  }

  private void assistant(List<Part> parts) throws UntranslatableException {
    StringBuilder text = new StringBuilder();
    boolean said = false;
    List<Part.ToolCall> calls = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String piece) -> {
          text.append(piece);
          said = true;
        }
        case Part.ToolCall call -> calls.add(call);
        case Part.Thought thought -> {}
        case Part.RedactedThought thought -> {}
        case Part.CachePoint point -> {}
        case Part.Image image -> throw onlyText();
        case Part.Document document -> throw onlyText();
        case Part.ToolResult result -> throw onlyText();
      }
    }
    if (!said && calls.isEmpty()) {
      return;
    }
    ObjectNode message = to.addObject().put("role", "assistant");
    message.put("content", said ? text.toString() : null);
    if (!calls.isEmpty()) {
      ArrayNode written = message.putArray("tool_calls");
      for (Part.ToolCall call : calls) {
        written
            .addObject()
            .put("id", call.id())
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments());
      }
    }
  }

  private static UntranslatableException onlyText() {
    return new UntranslatableException(
        "messages", "An assistant's message can only be text and tool calls for this model.");
  }
}
