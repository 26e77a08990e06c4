package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a streamed chat completion. */
final class ChatStreamWriter implements ClientDialect.AnswerWriter {
  private final Conversation asked;
  private final String model;
  private final Instant at;
  private final Set<Integer> choices = new HashSet<>();
  private final Map<Integer, StringBuilder> thoughts = new HashMap<>();
  private final Map<Integer, Integer> blocks = new HashMap<>();
  private final List<ServerEvent> out = new ArrayList<>();
  private String id = "";
  private Usage usage = Usage.NONE;

  ChatStreamWriter(Conversation asked, String model, Instant at) {
    this.asked = asked;
    this.model = model;
    this.at = at;
  }

  @Override
  public List<ServerEvent> write(AnswerEvent event) {
    out.clear();
    switch (event) {
      case AnswerEvent.Begin begin -> {
        id = begin.id();
        usage = begin.usage();
        begin(0);
      }
      case AnswerEvent.Text(int choice, String text) -> send(choice, delta().put("content", text));
      case AnswerEvent.Thought(int choice, String text) -> {
        thoughts.computeIfAbsent(choice, c -> new StringBuilder()).append(text);
        send(choice, delta().put("reasoning_content", text));
      }
      case AnswerEvent.ThoughtSignature(int choice, String signature) -> signed(choice, signature);
      case AnswerEvent.RedactedThought(int choice, String data) -> {
        ObjectNode delta = delta();
        ChatAnswerWriter.redacted(block(choice, delta), data);
        send(choice, delta);
      }
      case AnswerEvent.ToolCall call -> call(call);
      case AnswerEvent.ToolArguments(int choice, int call, String json) -> {
        ObjectNode delta = delta();
        delta
            .putArray("tool_calls")
            .addObject()
            .put("index", call)
            .putObject("function")
            .put("arguments", json);
        send(choice, delta);
      }
      case AnswerEvent.Stop stop -> {
        begin(stop.choice());
        chunk(stop.choice(), delta(), ChatStops.write(stop.reason()));
      }
      case AnswerEvent.Used(Usage used) -> usage = used;
      case AnswerEvent.Failed failed -> out.add(event(OpenAiErrors.write(failed.error())));
      case AnswerEvent.End() -> end();
    }
    return List.copyOf(out);
  }

  private static ObjectNode delta() {
    return LimitedJson.object();
  }

  private void call(AnswerEvent.ToolCall call) {
    ObjectNode delta = delta();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", call.call())
        .put("id", new SignedId(call.id(), call.signature()).written())
        .put("type", "function")
        .putObject("function")
        .put("name", call.name())
        .put("arguments", "");
    send(call.choice(), delta);
  }

  /** The whole block at once: nobody joins pieces of a field that only some clients know. */
  private void signed(int choice, String signature) {
    StringBuilder thought = thoughts.remove(choice);
    ObjectNode delta = delta();
    block(choice, delta)
        .put("type", "thinking")
        .put("thinking", thought == null ? "" : thought.toString())
        .put("signature", signature);
    send(choice, delta);
  }

  /** OpenAI's SDK joins the pieces of every array by their index. */
  private ObjectNode block(int choice, ObjectNode delta) {
    int index = blocks.merge(choice, 1, Integer::sum) - 1;
    return delta.putArray("thinking_blocks").addObject().put("index", index);
  }

  private void end() {
    if (asked.streamedUsage()) {
      ObjectNode chunk = chunk();
      chunk.putArray("choices");
      ChatUsage.write(chunk.putObject("usage"), usage);
      out.add(event(chunk));
    }
    out.add(new ServerEvent(null, "[DONE]"));
  }

  private void begin(int choice) {
    if (choices.add(choice)) {
      chunk(choice, delta().put("role", "assistant").put("content", ""), null);
    }
  }

  private void send(int choice, ObjectNode delta) {
    begin(choice);
    chunk(choice, delta, null);
  }

  private void chunk(int choice, ObjectNode delta, @Nullable String reason) {
    ObjectNode chunk = chunk();
    ArrayNode written = chunk.putArray("choices");
    ObjectNode to = written.addObject().put("index", choice);
    to.set("delta", delta);
    to.putNull("logprobs").put("finish_reason", reason);
    if (asked.streamedUsage()) {
      chunk.putNull("usage");
    }
    out.add(event(chunk));
  }

  private ObjectNode chunk() {
    return LimitedJson.object()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", at.getEpochSecond())
        .put("model", model);
  }

  private static ServerEvent event(ObjectNode data) {
    return new ServerEvent(null, LimitedJson.text(data));
  }
}
