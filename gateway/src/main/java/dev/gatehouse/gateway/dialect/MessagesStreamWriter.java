package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a streamed Anthropic message. Its blocks come one after the other, while some providers
 * mix the arguments of several tool calls: whatever comes before the arguments of a call are whole
 * is held until they are.
 */
final class MessagesStreamWriter implements ClientDialect.AnswerWriter {
  private enum Block {
    NONE,
    TEXT,
    THOUGHT,
    CALL
  }

  private final String model;
  private final String requestId;
  private final List<ServerEvent> out = new ArrayList<>();
  private List<AnswerEvent> held = new ArrayList<>();
  private Block open = Block.NONE;
  private int openCall;
  private JsonEnd arguments = new JsonEnd();
  private int index = -1;
  private Usage usage = Usage.NONE;
  private StopReason stop = StopReason.END;
  private @Nullable String stopText;

  MessagesStreamWriter(String model, String requestId) {
    this.model = model;
    this.requestId = requestId;
  }

  @Override
  public List<ServerEvent> write(AnswerEvent event) {
    out.clear();
    if (FirstChoice.has(event)) {
      take(event);
    }
    return List.copyOf(out);
  }

  private void take(AnswerEvent event) {
    if (open == Block.CALL && !arguments.ended() && isOfAnotherBlock(event)) {
      held.add(event);
      return;
    }
    switch (event) {
      case AnswerEvent.Begin begin -> begin(begin);
      case AnswerEvent.Text(int choice, String text) -> {
        if (open != Block.TEXT) {
          start(Block.TEXT, MessagesAnswerWriter.text(LimitedJson.object(), ""));
        }
        delta("text_delta", "text", text);
      }
      case AnswerEvent.Thought(int choice, String text) -> {
        thought();
        delta("thinking_delta", "thinking", text);
      }
      case AnswerEvent.ThoughtSignature(int choice, String signature) -> {
        thought();
        delta("signature_delta", "signature", signature);
        leave();
      }
      case AnswerEvent.RedactedThought(int choice, String data) -> {
        start(Block.THOUGHT, MessagesAnswerWriter.redacted(LimitedJson.object(), data));
        leave();
      }
      case AnswerEvent.ToolCall call -> call(call);
      case AnswerEvent.ToolArguments(int choice, int call, String json) -> arguments(call, json);
      case AnswerEvent.Stop(int choice, StopReason reason, String text) -> {
        stop = reason;
        stopText = text;
        finish();
      }
      case AnswerEvent.Used(Usage used) -> usage = used;
      case AnswerEvent.Failed failed ->
          send("error", AnthropicErrors.write(failed.error(), requestId));
      case AnswerEvent.End() -> end();
    }
  }

  private boolean isOfAnotherBlock(AnswerEvent event) {
    return switch (event) {
      case AnswerEvent.ToolArguments of -> of.call() != openCall;
      case AnswerEvent.Text of -> true;
      case AnswerEvent.Thought of -> true;
      case AnswerEvent.ThoughtSignature of -> true;
      case AnswerEvent.RedactedThought of -> true;
      case AnswerEvent.ToolCall of -> true;
      case AnswerEvent.Begin of -> false;
      case AnswerEvent.Stop of -> false;
      case AnswerEvent.Used of -> false;
      case AnswerEvent.Failed of -> false;
      case AnswerEvent.End of -> false;
    };
  }

  private void begin(AnswerEvent.Begin begin) {
    usage = begin.usage();
    ObjectNode data = LimitedJson.object().put("type", "message_start");
    ObjectNode message = MessagesAnswerWriter.begin(begin.id(), model);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    MessagesUsage.write(message.putObject("usage"), usage);
    data.set("message", message);
    send("message_start", data);
  }

  private void end() {
    finish();
    ObjectNode data = LimitedJson.object().put("type", "message_delta");
    data.putObject("delta")
        .put("stop_reason", MessagesStops.write(stop))
        .put("stop_sequence", stopText);
    MessagesUsage.write(data.putObject("usage"), usage);
    send("message_delta", data);
    send("message_stop", LimitedJson.object().put("type", "message_stop"));
  }

  private void call(AnswerEvent.ToolCall call) {
    ObjectNode block =
        MessagesAnswerWriter.call(
            LimitedJson.object(), new SignedId(call.id(), call.signature()), call.name());
    block.putObject("input");
    start(Block.CALL, block);
    openCall = call.call();
    arguments = new JsonEnd();
  }

  private void arguments(int call, String json) {
    // What comes after the end of a call's object is nothing of it, such as a line's end.
    if (open == Block.CALL && openCall == call) {
      arguments.take(json);
      delta("input_json_delta", "partial_json", json);
      if (arguments.ended()) {
        release();
      }
    }
  }

  /** No more is to come of any call, be its arguments whole or not. */
  private void finish() {
    leave();
    while (!held.isEmpty()) {
      release();
      leave();
    }
  }

  private void release() {
    List<AnswerEvent> released = held;
    held = new ArrayList<>();
    released.forEach(this::take);
  }

  private void thought() {
    if (open != Block.THOUGHT) {
      start(
          Block.THOUGHT,
          MessagesAnswerWriter.thought(LimitedJson.object(), "").put("signature", ""));
    }
  }

  private void start(Block block, ObjectNode content) {
    leave();
    open = block;
    index++;
    ObjectNode data = LimitedJson.object().put("type", "content_block_start").put("index", index);
    data.set("content_block", content);
    send("content_block_start", data);
  }

  private void leave() {
    if (open != Block.NONE) {
      open = Block.NONE;
      send(
          "content_block_stop",
          LimitedJson.object().put("type", "content_block_stop").put("index", index));
    }
  }

  private void delta(String type, String name, String value) {
    ObjectNode data = LimitedJson.object().put("type", "content_block_delta").put("index", index);
    data.putObject("delta").put("type", type).put(name, value);
    send("content_block_delta", data);
  }

  private void send(String name, ObjectNode data) {
    out.add(new ServerEvent(name, LimitedJson.text(data)));
  }
}
