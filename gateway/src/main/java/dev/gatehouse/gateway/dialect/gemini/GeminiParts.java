package dev.gatehouse.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of one request. */
final class GeminiParts {
  /**
   * Stands for the signature of a call that has none, as one that another model made: Google's page
   * "Thought signatures" names it. Without one such a request is refused.
   */
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private static final Map<String, String> BY_ENDING =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp",
          "heic", "image/heic",
          "heif", "image/heif",
          "pdf", "application/pdf",
          "txt", "text/plain");

  private final GeminiGeneration generation;
  private boolean called;
  private @Nullable String resolution;

  GeminiParts(GeminiGeneration generation) {
    this.generation = generation;
  }

  /** Says that a message begins. */
  void begin() {
    called = false;
  }

  /** How closely the request's images are to be looked at; null: unsaid. */
  @Nullable String resolution() {
    return resolution;
  }

  void write(Part part, ArrayNode to) throws UntranslatableException {
    switch (part) {
      case Part.Text(String text) -> {
        if (!text.isEmpty()) {
          to.addObject().put("text", text);
        }
      }
      // Gemini finds out itself what it can take from its cache.
      case Part.CachePoint ignored -> {}
      case Part.Image image -> {
        detail(image.detail());
        file(image.mediaType(), image.base64(), image.url(), to);
      }
      case Part.Document document ->
          file(document.mediaType(), document.base64(), document.url(), to);
      case Part.ToolCall call -> call(call, to);
      case Part.ToolResult result -> result(result, to);
      case Part.Thought(String text, String signature) -> thought(text, signature, to);
      case Part.RedactedThought ignored ->
          throw new UntranslatableException(
              "messages", "Gemini cannot read what another model thought: leave it out");
    }
  }

  /** A signature without a thought belongs to the text before it; it comes so, too. */
  private static void thought(String text, @Nullable String signature, ArrayNode to) {
    if (text.isEmpty() && signature == null) {
      return;
    }
    ObjectNode written = to.addObject().put("text", text);
    if (!text.isEmpty()) {
      written.put("thought", true);
    }
    if (signature != null) {
      written.put("thoughtSignature", signature);
    }
  }

  private void call(Part.ToolCall call, ArrayNode to) throws UntranslatableException {
    ObjectNode written = to.addObject();
    written
        .putObject("functionCall")
        .put("id", call.id())
        .put("name", call.name())
        .set("args", LimitedJson.request(call.arguments().getBytes(UTF_8)));
    if (call.signature() != null) {
      written.put("thoughtSignature", call.signature());
    } else if (generation == GeminiGeneration.LATER && !called) {
      // Of several calls at once only the first has one.
      written.put("thoughtSignature", NO_SIGNATURE);
    }
    called = true;
  }

  private void result(Part.ToolResult result, ArrayNode to) throws UntranslatableException {
    if (result.name() == null) {
      throw new UntranslatableException(
          "messages",
          "Gemini needs the name of the tool that gave a result, and no call has the result's id");
    }
    StringBuilder text = new StringBuilder();
    ArrayNode files = LimitedJson.object().arrayNode();
    for (Part part : result.content()) {
      if (part instanceof Part.Text(String piece)) {
        text.append(piece);
      } else {
        write(part, files);
      }
    }
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).has("inlineData")) {
        throw new UntranslatableException(
            "messages", "Gemini takes a file among a tool's results only by value");
      }
    }
    ObjectNode response =
        to.addObject()
            .putObject("functionResponse")
            .put("id", result.callId())
            .put("name", result.name());
    response.putObject("response").put(result.error() ? "error" : "output", text.toString());
    if (!files.isEmpty()) {
      response.set("parts", files);
    }
  }

  private static void file(
      @Nullable String type, @Nullable String base64, @Nullable String url, ArrayNode to)
      throws UntranslatableException {
    if (base64 != null && type != null) {
      to.addObject().putObject("inlineData").put("mimeType", type).put("data", base64);
      return;
    }
    String known = type != null ? type : url == null ? null : byEnding(url);
    if (url == null || known == null || !url.regionMatches(true, 0, "https://", 0, 8)) {
      throw new UntranslatableException(
          "messages",
          "Gemini fetches a file only from an https: address that ends in its type, such as"
              + " '.png': send the bytes as a data: address");
    }
    to.addObject().putObject("fileData").put("mimeType", known).put("fileUri", url);
  }

  private static @Nullable String byEnding(String url) {
    String path = url.replaceFirst("[?#].*", "");
    return BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private void detail(@Nullable String detail) throws UntranslatableException {
    if (detail == null || detail.equals("auto")) {
      return;
    }
    String wanted =
        switch (detail) {
          case "low" -> "MEDIA_RESOLUTION_LOW";
          case "high" -> "MEDIA_RESOLUTION_HIGH";
          default ->
              throw new UntranslatableException(
                  "messages", "Gemini knows only the image details low, high and auto");
        };
    if (resolution != null && !resolution.equals(wanted)) {
      throw new UntranslatableException(
          "messages", "Gemini looks at all images with the same detail: ask for one");
    }
    resolution = wanted;
  }
}
