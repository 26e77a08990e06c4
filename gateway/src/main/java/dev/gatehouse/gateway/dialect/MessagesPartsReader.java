package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the content blocks of Anthropic's messages, in their order. */
final class MessagesPartsReader {
  private static final String AT_THE_VENDOR =
      "cannot be translated: the file lies at the vendor. Send it as base64.";

  private final Map<String, String> toolNames = new HashMap<>();

  /** Takes a field that is a string or an array of blocks. */
  List<Part> read(Fields of, String name) throws UntranslatableException {
    JsonNode content = of.need(name);
    if (content.isString()) {
      return List.of(new Part.Text(content.stringValue()));
    }
    List<Part> parts = new ArrayList<>();
    for (Fields block : of.objects(name)) {
      parts.add(block(block));
      Part.CachePoint cache = CacheControls.read(block);
      if (cache != null) {
        parts.add(cache);
      }
      block.end();
    }
    return parts;
  }

  /** Takes a field that is a string or an array of blocks of text. */
  List<Part> instructions(Fields of, String name) throws UntranslatableException {
    List<Part> parts = read(of, name);
    if (!parts.stream().allMatch(p -> p instanceof Part.Text || p instanceof Part.CachePoint)) {
      throw of.cannot(name, "can only be text.");
    }
    return parts;
  }

  private Part block(Fields block) throws UntranslatableException {
    String type = block.needText("type");
    return switch (type) {
      case "text" -> {
        block.empty("citations", "cannot be translated for this model; leave it out.");
        yield new Part.Text(block.needText("text"));
      }
      case "image" -> image(block);
      case "document" -> document(block);
      case "tool_use" -> call(block);
      case "tool_result" -> result(block);
      case "thinking", "redacted_thinking" -> thought(block, type);
      default ->
          throw block.cannot(
              "type",
              "cannot be translated for this model: text, image, document, tool_use, tool_result,"
                  + " thinking and redacted_thinking can.");
    };
  }

  static Part thought(Fields block, String type) throws UntranslatableException {
    return switch (type) {
      case "thinking" -> {
        // Empty is what the gateway writes where the model that thought it gave none.
        String signature = block.text("signature");
        yield new Part.Thought(
            block.needText("thinking"),
            signature == null || signature.isEmpty() ? null : signature);
      }
      case "redacted_thinking" -> new Part.RedactedThought(block.needText("data"));
      default -> throw block.cannot("type", "has to be \"thinking\" or \"redacted_thinking\".");
    };
  }

  private static Part image(Fields block) throws UntranslatableException {
    Fields source = block.needObject("source");
    Part image =
        switch (source.needText("type")) {
          case "base64" ->
              new Part.Image(source.needText("media_type"), source.needText("data"), null, null);
          case "url" -> new Part.Image(null, null, web(source), null);
          case "file" -> throw source.cannot("type", AT_THE_VENDOR);
          default -> throw source.cannot("type", "has to be \"base64\" or \"url\".");
        };
    source.end();
    return image;
  }

  private static Part document(Fields block) throws UntranslatableException {
    String title = block.text("title");
    Fields citations = block.object("citations");
    if (citations != null) {
      citations.only("enabled", false, "cannot be translated for this model; leave it out.");
      citations.end();
    }
    Fields source = block.needObject("source");
    Part document =
        switch (source.needText("type")) {
          case "base64" ->
              new Part.Document(
                  source.needText("media_type"), source.needText("data"), null, title);
          case "text" ->
              new Part.Document(
                  source.needText("media_type"), base64(source.needText("data")), null, title);
          case "url" -> new Part.Document(null, null, web(source), title);
          case "file" -> throw source.cannot("type", AT_THE_VENDOR);
          default ->
              throw source.cannot(
                  "type",
                  "cannot be translated for this model: \"base64\", \"text\" and \"url\" can.");
        };
    source.end();
    return document;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String web(Fields source) throws UntranslatableException {
    String url = source.needText("url");
    if (!DataUri.isWeb(url)) {
      throw source.cannot("url", "has to be an https address.");
    }
    return url;
  }

  private Part call(Fields block) throws UntranslatableException {
    Fields caller = block.object("caller");
    if (caller != null) {
      caller.only("type", "direct", "cannot be translated for this model.");
      caller.end();
    }
    SignedId id = SignedId.read(block.needText("id"));
    String name = block.needText("name");
    String input = LimitedJson.text(block.needObject("input").node());
    toolNames.put(id.id(), name);
    return new Part.ToolCall(id.id(), name, input, id.signature());
  }

  private Part result(Fields block) throws UntranslatableException {
    String id = SignedId.read(block.needText("tool_use_id")).id();
    List<Part> content = block.has("content") ? read(block, "content") : List.of();
    block.take("content");
    for (Part part : content) {
      if (part instanceof Part.ToolCall
          || part instanceof Part.ToolResult
          || part instanceof Part.Thought
          || part instanceof Part.RedactedThought) {
        throw block.cannot("content", "can only be text, images and documents.");
      }
    }
    return new Part.ToolResult(
        id, toolNames.get(id), content, Boolean.TRUE.equals(block.flag("is_error")));
  }
}
