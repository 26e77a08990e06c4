package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the content blocks of one request. */
final class ConverseParts {
  private static final Set<String> IMAGES = Set.of("png", "jpeg", "gif", "webp");
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf", "pdf",
          "text/csv", "csv",
          "application/msword", "doc",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
          "application/vnd.ms-excel", "xls",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
          "text/html", "html",
          "text/plain", "txt",
          "text/markdown", "md");

  private static final int LONGEST_NAME = 200;

  /** Two documents of one request may not have the same name. */
  private final Set<String> names = new HashSet<>();

  void write(Part part, ArrayNode to) throws UntranslatableException {
    switch (part) {
      case Part.Text(String text) -> {
        // Bedrock refuses a text that is empty, and it says nothing.
        if (!text.isEmpty()) {
          to.addObject().put("text", text);
        }
      }
      case Part.CachePoint point -> cachePoint(point, to);
      case Part.Image image -> image(image, to);
      case Part.Document document -> document(document, to);
      // A signature is Gemini's; another provider can do nothing with it.
      case Part.ToolCall(String id, String name, String arguments, String ignored) ->
          to.addObject()
              .putObject("toolUse")
              .put("toolUseId", id)
              .put("name", name)
              .set("input", LimitedJson.request(arguments.getBytes(UTF_8)));
      case Part.ToolResult result -> result(result, to);
      case Part.Thought(String text, String signature) -> {
        ObjectNode thought =
            to.addObject()
                .putObject("reasoningContent")
                .putObject("reasoningText")
                .put("text", text);
        if (signature != null) {
          thought.put("signature", signature);
        }
      }
      case Part.RedactedThought(String data) ->
          to.addObject().putObject("reasoningContent").put("redactedContent", data);
    }
  }

  static void cachePoint(Part.CachePoint point, ArrayNode to) {
    ObjectNode written = to.addObject().putObject("cachePoint").put("type", "default");
    if (point.hour()) {
      written.put("ttl", "1h");
    }
  }

  private void image(Part.Image image, ArrayNode to) throws UntranslatableException {
    if (image.base64() == null) {
      throw byValue("images");
    }
    if (image.detail() != null && !image.detail().equals("auto")) {
      throw new UntranslatableException(
          "messages", "Bedrock does not let an image's 'detail' be chosen: leave it out");
    }
    String type = String.valueOf(image.mediaType()).toLowerCase(Locale.ROOT);
    String format = type.equals("image/jpg") ? "jpeg" : type.replaceFirst("^image/", "");
    if (!IMAGES.contains(format)) {
      throw new UntranslatableException(
          "messages", "Bedrock takes images as PNG, JPEG, GIF or WebP, not as " + type);
    }
    to.addObject()
        .putObject("image")
        .put("format", format)
        .putObject("source")
        .put("bytes", image.base64());
  }

  private void document(Part.Document document, ArrayNode to) throws UntranslatableException {
    if (document.base64() == null) {
      throw byValue("documents");
    }
    String type = String.valueOf(document.mediaType()).toLowerCase(Locale.ROOT);
    String format = DOCUMENTS.get(type);
    if (format == null) {
      throw new UntranslatableException(
          "messages", "Bedrock takes no documents of the type " + type);
    }
    to.addObject()
        .putObject("document")
        .put("format", format)
        .put("name", name(document.name()))
        .putObject("source")
        .put("bytes", document.base64());
  }

  /**
   * Makes a name of letters, digits, hyphens, brackets and single spaces, the only ones that
   * Bedrock takes.
   */
  private String name(@Nullable String given) {
    String name =
        (given == null ? "" : given)
            .replaceAll("[^A-Za-z0-9\\s()\\[\\]-]", "-")
            .replaceAll("\\s+", " ")
            .strip();
    name = name.substring(0, Math.min(name.length(), LONGEST_NAME - 10));
    name = name.isEmpty() ? "document" : name;
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + " (" + i + ")";
    }
    return free;
  }

  private void result(Part.ToolResult result, ArrayNode to) throws UntranslatableException {
    ObjectNode written = to.addObject().putObject("toolResult").put("toolUseId", result.callId());
    ArrayNode content = written.putArray("content");
    for (Part part : result.content()) {
      // A cache point has no place within a result; behind it it says the same.
      write(part, part instanceof Part.CachePoint ? to : content);
    }
    if (result.error()) {
      written.put("status", "error");
    }
  }

  private static UntranslatableException byValue(String what) {
    return new UntranslatableException(
        "messages", "Bedrock takes " + what + " only by value: send the bytes as a data: address");
  }
}
