package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Message.Role;
import dev.gatehouse.gateway.conversation.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the items of a response's input. */
final class ResponsesItemsReader {
  private final List<Part> system;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, String> toolNames = new HashMap<>();

  /** Instructions before the conversation are added to {@code system}. */
  ResponsesItemsReader(List<Part> system) {
    this.system = system;
  }

  List<Message> messages() {
    return messages;
  }

  void text(String text) {
    messages.add(new Message(Role.USER, List.of(new Part.Text(text))));
  }

  void read(List<Fields> items) throws UntranslatableException {
    for (Fields item : items) {
      // What the vendor calls it, and whether it was finished; nothing that the model reads.
      item.passOver("id", "status");
      String type = item.text("type");
      switch (type == null ? "message" : type) {
        case "message" -> message(item);
        case "function_call" -> messages.add(new Message(Role.ASSISTANT, List.of(call(item))));
        case "function_call_output" -> messages.add(new Message(Role.USER, List.of(result(item))));
        case "reasoning" -> messages.add(new Message(Role.ASSISTANT, List.of(thought(item))));
        case "item_reference" ->
            throw item.cannot(
                "type", "\"item_reference\" is not supported: the gateway keeps no answers.");
        default ->
            throw item.cannot(
                "type",
                "cannot be translated for this model: message, function_call,"
                    + " function_call_output and reasoning can.");
      }
      item.end();
    }
    if (messages.isEmpty()) {
      throw new UntranslatableException("input", "input has to hold at least one message.");
    }
  }

  private void message(Fields item) throws UntranslatableException {
    // Whether it was a remark on the way or the answer.
    item.passOver("phase");
    String role = item.needText("role");
    List<Part> parts = content(item, "content");
    switch (role) {
      case "user" -> messages.add(new Message(Role.USER, parts));
      case "assistant" -> messages.add(new Message(Role.ASSISTANT, parts));
      case "system", "developer" -> {
        if (!parts.stream().allMatch(p -> p instanceof Part.Text || p instanceof Part.CachePoint)) {
          throw item.cannot("content", "can only be text in this role.");
        }
        if (messages.isEmpty()) {
          system.addAll(parts);
        } else {
          messages.add(new Message(Role.SYSTEM, parts));
        }
      }
      default ->
          throw item.cannot(
              "role", "has to be \"user\", \"assistant\", \"system\" or \"developer\".");
    }
  }

  private static List<Part> content(Fields of, String name) throws UntranslatableException {
    JsonNode content = of.need(name);
    if (content.isString()) {
      return List.of(new Part.Text(content.stringValue()));
    }
    List<Part> parts = new ArrayList<>();
    for (Fields part : of.objects(name)) {
      parts.add(part(part));
      if (part.take("prompt_cache_breakpoint") != null) {
        parts.add(new Part.CachePoint(false));
      }
      part.end();
    }
    return parts;
  }

  private static Part part(Fields part) throws UntranslatableException {
    return switch (part.needText("type")) {
      case "input_text" -> new Part.Text(part.needText("text"));
      case "output_text" -> {
        part.empty("annotations", "cannot be translated for this model; leave it out.");
        part.empty("logprobs", "cannot be translated for this model; leave it out.");
        yield new Part.Text(part.needText("text"));
      }
      case "refusal" -> new Part.Text(part.needText("refusal"));
      case "input_image" -> {
        atTheVendor(part);
        yield ChatPartsReader.image(
            part, "image_url", part.needText("image_url"), part.text("detail"));
      }
      case "input_file" -> {
        atTheVendor(part);
        part.only("detail", "auto", "cannot be translated for this model; leave it out.");
        yield file(part, part.text("filename"));
      }
      default ->
          throw part.cannot(
              "type",
              "cannot be translated for this model: input_text, input_image, input_file,"
                  + " output_text and refusal can.");
    };
  }

  private static void atTheVendor(Fields part) throws UntranslatableException {
    if (part.take("file_id") != null) {
      throw part.cannot(
          "file_id", "cannot be translated: the file lies at the vendor. Send it by value.");
    }
  }

  private static Part file(Fields part, @Nullable String name) throws UntranslatableException {
    String url = part.text("file_url");
    if (url == null) {
      return ChatPartsReader.document(part, part.needText("file_data"), name);
    }
    if (!DataUri.isWeb(url)) {
      throw part.cannot("file_url", "has to be an https address.");
    }
    return new Part.Document(null, null, url, name);
  }

  private Part call(Fields item) throws UntranslatableException {
    direct(item);
    SignedId id = SignedId.read(item.needText("call_id"));
    String name = item.needText("name");
    toolNames.put(id.id(), name);
    return new Part.ToolCall(id.id(), name, Arguments.read(item, "arguments"), id.signature());
  }

  private Part result(Fields item) throws UntranslatableException {
    direct(item);
    String id = SignedId.read(item.needText("call_id")).id();
    String said = item.text("name");
    return new Part.ToolResult(
        id, toolNames.getOrDefault(id, said), content(item, "output"), false);
  }

  private static void direct(Fields item) throws UntranslatableException {
    Fields caller = item.object("caller");
    if (caller != null) {
      caller.only("type", "direct", "cannot be translated for this model.");
      caller.end();
    }
  }

  private static Part thought(Fields item) throws UntranslatableException {
    List<String> texts = new ArrayList<>();
    for (String name : List.of("summary", "content")) {
      for (Fields part : item.objects(name)) {
        part.only(
            "type", name.equals("summary") ? "summary_text" : "reasoning_text", "is unknown.");
        texts.add(part.needText("text"));
        part.end();
      }
    }
    String text = String.join("\n\n", texts);
    String encrypted = item.text("encrypted_content");
    return encrypted == null
        ? new Part.Thought(text, null)
        : EncryptedThought.read(text, encrypted);
  }
}
