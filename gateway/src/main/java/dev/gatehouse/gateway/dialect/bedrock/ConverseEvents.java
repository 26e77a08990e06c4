package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reads a ConverseStreamOutput. */
final class ConverseEvents implements ProviderDialect.AnswerReader {
  /** An answer of more parts than that is none. */
  private static final int MOST_CALLS = 1024;

  private final String model;
  private final AwsEventStream stream = new AwsEventStream();

  /** The calls by the index of their block. */
  private final Map<Long, Call> calls = new HashMap<>();

  private int callsBegun;
  private boolean begun;
  private boolean stopped;
  private boolean counted;
  private boolean failed;

  /** A tool call; whether arguments came. */
  private static final class Call {
    final int number;
    boolean arguments;

    Call(int number) {
      this.number = number;
    }
  }

  ConverseEvents(String model) {
    this.model = model;
  }

  @Override
  public void take(byte[] bytes, int offset, int length, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    stream.take(bytes, offset, length, message -> message(message, to));
  }

  @Override
  public void end(Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (failed) {
      return;
    }
    stream.end();
    if (!stopped || !counted) {
      throw new MalformedAnswerException("the provider's stream ends before the answer does");
    }
    to.accept(new AnswerEvent.End());
  }

  private void message(AwsEventStream.Message message, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    if (failed) {
      return;
    }
    Map<String, String> headers = message.headers();
    switch (headers.getOrDefault(":message-type", "")) {
      case "event" ->
          event(headers.getOrDefault(":event-type", ""), LimitedJson.answer(message.payload()), to);
      case "exception" ->
          fail(
              headers.getOrDefault(":exception-type", ""),
              message(LimitedJson.answer(message.payload())),
              to);
      case "error" ->
          fail(
              headers.getOrDefault(":error-code", ""),
              headers.getOrDefault(":error-message", ""),
              to);
      default -> throw new MalformedAnswerException("a message of the stream is of no known type");
    }
  }

  private static String message(JsonNode exception) {
    String text = AnswerFields.text(exception, "message");
    return text == null ? "" : text;
  }

  private void fail(String type, String message, Consumer<AnswerEvent> to) {
    failed = true;
    to.accept(new AnswerEvent.Failed(BedrockErrors.exception(type, message)));
  }

  private void event(String type, JsonNode event, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    if (begun == type.equals("messageStart") || (stopped && !type.equals("metadata"))) {
      throw new MalformedAnswerException("the events of the provider's stream are out of order");
    }
    switch (type) {
      case "messageStart" -> {
        begun = true;
        to.accept(new AnswerEvent.Begin("", model, Usage.NONE));
      }
      case "contentBlockStart" -> start(event, to);
      case "contentBlockDelta" -> delta(event, AnswerFields.needObject(event, "delta"), to);
      case "contentBlockStop" -> {
        Call call = calls.remove(index(event));
        if (call != null && !call.arguments) {
          to.accept(new AnswerEvent.ToolArguments(0, call.number, "{}"));
        }
      }
      case "messageStop" -> {
        stopped = true;
        to.accept(
            new AnswerEvent.Stop(
                0,
                ConverseAnswer.stop(AnswerFields.needText(event, "stopReason")),
                AnswerFields.text(event.path("additionalModelResponseFields"), "stop_sequence")));
      }
      case "metadata" -> {
        counted = true;
        to.accept(
            new AnswerEvent.Used(ConverseAnswer.usage(AnswerFields.needObject(event, "usage"))));
      }
      default -> {} // an event of a later version
    }
  }

  private void start(JsonNode event, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    JsonNode start = event.path("start");
    if (start.has("toolUse")) {
      Call call = new Call(callsBegun++);
      if (callsBegun > MOST_CALLS || calls.put(index(event), call) != null) {
        throw new MalformedAnswerException("the provider's stream mixes up its tool calls");
      }
      JsonNode tool = start.get("toolUse");
      to.accept(
          new AnswerEvent.ToolCall(
              0,
              call.number,
              AnswerFields.needText(tool, "toolUseId"),
              AnswerFields.needText(tool, "name"),
              null));
    } else if (!start.isEmpty()) {
      throw ConverseAnswer.unknownPart();
    }
  }

  private void delta(JsonNode event, JsonNode delta, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    if (delta.has("text")) {
      text(AnswerFields.needText(delta, "text"), to);
    } else if (delta.has("toolUse")) {
      Call call = calls.get(index(event));
      if (call == null) {
        throw new MalformedAnswerException("the provider's stream mixes up its tool calls");
      }
      String input = AnswerFields.needText(delta.get("toolUse"), "input");
      if (!input.isEmpty()) {
        call.arguments = true;
        to.accept(new AnswerEvent.ToolArguments(0, call.number, input));
      }
    } else if (delta.has("reasoningContent")) {
      thought(delta.get("reasoningContent"), to);
    } else if (!delta.has("citation")) { // says where the text comes from; the text came already
      throw ConverseAnswer.unknownPart();
    }
  }

  private static void text(String text, Consumer<AnswerEvent> to) {
    if (!text.isEmpty()) {
      to.accept(new AnswerEvent.Text(0, text));
    }
  }

  private static void thought(JsonNode delta, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    if (delta.has("redactedContent")) {
      to.accept(
          new AnswerEvent.RedactedThought(0, AnswerFields.needText(delta, "redactedContent")));
    } else if (delta.has("signature")) {
      to.accept(new AnswerEvent.ThoughtSignature(0, AnswerFields.needText(delta, "signature")));
    } else {
      to.accept(new AnswerEvent.Thought(0, AnswerFields.needText(delta, "text")));
    }
  }

  private static long index(JsonNode event) throws MalformedAnswerException {
    return AnswerFields.count(event, "contentBlockIndex");
  }
}
