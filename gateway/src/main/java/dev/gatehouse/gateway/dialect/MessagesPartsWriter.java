package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Part;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes the content blocks of Anthropic's messages. */
final class MessagesPartsWriter {
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final Pattern NOT_IN_IDS = Pattern.compile("[^A-Za-z0-9_-]");

  private final ArrayNode to = LimitedJson.object().putArray("content");
  private @Nullable ObjectNode last;

  private MessagesPartsWriter() {}

  /**
   * A string where that is all, otherwise an array of blocks; an empty one where there are none.
   */
  static JsonNode content(List<Part> parts) throws UntranslatableException {
    MessagesPartsWriter writer = new MessagesPartsWriter();
    for (Part part : parts) {
      writer.part(part);
    }
    JsonNode only = writer.to.size() == 1 ? writer.to.get(0) : null;
    // Type and text, and nothing else such as a cache point.
    return only != null && only.size() == 2 && only.path("text") instanceof StringNode text
        ? text
        : writer.to;
  }

  private void part(Part part) throws UntranslatableException {
    switch (part) {
      case Part.Text(String text) -> {
        // Anthropic refuses empty ones.
        if (!text.isEmpty()) {
          block("text").put("text", text);
        }
      }
      case Part.CachePoint point -> {
        if (last != null) {
          CacheControls.write(last, point);
        }
      }
      case Part.Image image -> image(image);
      case Part.Document document -> document(document);
      case Part.ToolCall call ->
          block("tool_use")
              .put("id", id(call.id()))
              .put("name", call.name())
              .set("input", Arguments.object(call.arguments()));
      case Part.ToolResult result -> {
        ObjectNode block = block("tool_result").put("tool_use_id", id(result.callId()));
        JsonNode content = content(result.content());
        if (content.isString() || !content.isEmpty()) {
          block.set("content", content);
        }
        if (result.error()) {
          block.put("is_error", true);
        }
      }
      case Part.Thought thought -> {
        // Unsigned it is another vendor's, which Anthropic refuses.
        if (thought.signature() != null) {
          to.addObject()
              .put("type", "thinking")
              .put("thinking", thought.text())
              .put("signature", thought.signature());
          last = null;
        }
      }
      case Part.RedactedThought thought -> {
        to.addObject().put("type", "redacted_thinking").put("data", thought.data());
        last = null;
      }
    }
  }

  private ObjectNode block(String type) {
    ObjectNode block = to.addObject().put("type", type);
    last = block;
    return block;
  }

  /** Other vendors have dots and colons in them. */
  private static String id(String id) {
    return NOT_IN_IDS.matcher(id).replaceAll("_");
  }

  private void image(Part.Image image) throws UntranslatableException {
    if (image.url() != null) {
      block("image").putObject("source").put("type", "url").put("url", image.url());
      return;
    }
    if (image.mediaType() == null || !IMAGES.contains(image.mediaType())) {
      throw new UntranslatableException(
          "messages", "An image can only be JPEG, PNG, GIF or WebP for this model.");
    }
    block("image")
        .putObject("source")
        .put("type", "base64")
        .put("media_type", image.mediaType())
        .put("data", image.base64());
  }

  private void document(Part.Document document) throws UntranslatableException {
    if (document.url() != null) {
      ObjectNode block = block("document");
      block.putObject("source").put("type", "url").put("url", document.url());
      title(block, document);
    } else if ("application/pdf".equals(document.mediaType())) {
      ObjectNode block = block("document");
      block
          .putObject("source")
          .put("type", "base64")
          .put("media_type", "application/pdf")
          .put("data", document.base64());
      title(block, document);
    } else if ("text/plain".equals(document.mediaType()) && document.base64() != null) {
      String text = ChatMessagesWriter.decoded(document.base64());
      ObjectNode block = block("document");
      block
          .putObject("source")
          .put("type", "text")
          .put("media_type", "text/plain")
          .put("data", text);
      title(block, document);
    } else {
      throw new UntranslatableException(
          "messages", "A document can only be a PDF or plain text for this model.");
    }
  }

  private static void title(ObjectNode block, Part.Document document) {
    if (document.name() != null) {
      block.put("title", document.name());
    }
  }
}
