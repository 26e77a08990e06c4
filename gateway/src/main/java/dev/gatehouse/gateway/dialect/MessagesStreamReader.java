package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a streamed Anthropic message. Kinds of events and of deltas that are not known are passed
 * over, as Anthropic asks of its clients; kinds of blocks are not.
 */
final class MessagesStreamReader implements ProviderDialect.AnswerReader {
  private static final int MOST_BLOCKS = 4_096;

  private final ServerSentEvents events = new ServerSentEvents();
  private final String model;
  private final Map<Integer, Call> calls = new HashMap<>();
  private Usage usage = Usage.NONE;
  private boolean begun;
  private boolean stopped;
  private boolean ended;

  MessagesStreamReader(String model) {
    this.model = model;
  }

  @Override
  public void take(byte[] bytes, int offset, int length, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    events.take(bytes, offset, length, event -> event(event, to));
  }

  @Override
  public void end(Consumer<AnswerEvent> to) throws MalformedAnswerException {
    events.end(event -> event(event, to));
    if (!ended) {
      if (!stopped) {
        throw new MalformedAnswerException("the provider's stream was cut off");
      }
      ended = true;
      to.accept(new AnswerEvent.End());
    }
  }

  private void event(ServerEvent event, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (ended || event.data().isBlank()) {
      return;
    }
    JsonNode data = LimitedJson.answer(event.data());
    String type = AnswerFields.text(data, "type");
    switch (type == null ? "" : type) {
      case "message_start" -> start(data.path("message"), to);
      case "content_block_start" -> block(data, to);
      case "content_block_delta" -> delta(data, to);
      case "content_block_stop" -> blockEnd(AnswerFields.index(data, "index", 0), to);
      case "message_delta" -> messageDelta(data, to);
      case "message_stop" -> {
        ended = true;
        to.accept(new AnswerEvent.End());
      }
      case "error" -> {
        ended = true;
        to.accept(new AnswerEvent.Failed(ErrorBodies.read(0, data)));
      }
      default -> {
        // A ping, or what is still to be invented.
      }
    }
  }

  private void start(JsonNode message, Consumer<AnswerEvent> to) {
    usage = MessagesUsage.read(message.path("usage"), Usage.NONE);
    String answered = AnswerFields.word(message, "model");
    if (!begun) {
      begun = true;
      to.accept(
          new AnswerEvent.Begin(
              MessagesAnswerReader.id(message), answered == null ? model : answered, usage));
    }
  }

  private void block(JsonNode data, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (!begun) {
      throw new MalformedAnswerException("the provider's stream has a block before it begins");
    }
    JsonNode block = data.path("content_block");
    String kind = AnswerFields.text(block, "type");
    switch (kind == null ? "" : kind) {
      case "text" -> text(AnswerFields.word(block, "text"), to);
      case "thinking" -> {
        thought(AnswerFields.word(block, "thinking"), to);
        signature(AnswerFields.word(block, "signature"), to);
      }
      case "redacted_thinking" ->
          to.accept(new AnswerEvent.RedactedThought(0, MessagesAnswerReader.string(block, "data")));
      case "tool_use" -> {
        if (calls.size() >= MOST_BLOCKS) {
          throw new MalformedAnswerException("the provider's stream calls too many tools");
        }
        JsonNode input = block.path("input");
        Call call = new Call(calls.size(), input.isEmpty() ? "{}" : LimitedJson.text(input));
        calls.put(AnswerFields.index(data, "index", 0), call);
        to.accept(
            new AnswerEvent.ToolCall(
                0,
                call.number,
                MessagesAnswerReader.string(block, "id"),
                MessagesAnswerReader.string(block, "name"),
                null));
      }
      default -> throw MessagesAnswerReader.unknownBlock();
    }
  }

  private static void text(@Nullable String text, Consumer<AnswerEvent> to) {
    if (text != null) {
      to.accept(new AnswerEvent.Text(0, text));
    }
  }

  private static void thought(@Nullable String text, Consumer<AnswerEvent> to) {
    if (text != null) {
      to.accept(new AnswerEvent.Thought(0, text));
    }
  }

  private static void signature(@Nullable String signature, Consumer<AnswerEvent> to) {
    if (signature != null) {
      to.accept(new AnswerEvent.ThoughtSignature(0, signature));
    }
  }

  private void delta(JsonNode data, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    JsonNode delta = data.path("delta");
    String kind = AnswerFields.text(delta, "type");
    switch (kind == null ? "" : kind) {
      case "text_delta" -> text(AnswerFields.word(delta, "text"), to);
      case "thinking_delta" -> thought(AnswerFields.word(delta, "thinking"), to);
      case "signature_delta" -> signature(AnswerFields.word(delta, "signature"), to);
      case "input_json_delta" -> {
        Call call = calls.get(AnswerFields.index(data, "index", 0));
        if (call == null) {
          throw new MalformedAnswerException("the provider's stream has arguments of no tool");
        }
        String json = AnswerFields.word(delta, "partial_json");
        if (json != null) {
          call.argued = true;
          to.accept(new AnswerEvent.ToolArguments(0, call.number, json));
        }
      }
      default -> {
        // Such as citations, which no request of the gateway asks for.
      }
    }
  }

  /** Where no pieces came, the arguments are what the block began with, usually none. */
  private void blockEnd(int index, Consumer<AnswerEvent> to) {
    Call call = calls.get(index);
    if (call != null && !call.argued) {
      call.argued = true;
      to.accept(new AnswerEvent.ToolArguments(0, call.number, call.input));
    }
  }

  private void messageDelta(JsonNode data, Consumer<AnswerEvent> to) {
    JsonNode delta = data.path("delta");
    String reason = AnswerFields.word(delta, "stop_reason");
    if (reason != null && !stopped) {
      stopped = true;
      to.accept(
          new AnswerEvent.Stop(
              0, MessagesStops.read(reason), AnswerFields.text(delta, "stop_sequence")));
    }
    if (data.path("usage").isObject()) {
      usage = MessagesUsage.read(data.path("usage"), usage);
      to.accept(new AnswerEvent.Used(usage));
    }
  }

  private static final class Call {
    private final int number;
    private final String input;
    private boolean argued;

    private Call(int number, String input) {
      this.number = number;
      this.input = input;
    }
  }
}
