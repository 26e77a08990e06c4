package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.ErrorBodies;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.ServerEvent;
import dev.gatehouse.gateway.dialect.ServerSentEvents;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a V2ChatStreamResponse. */
final class CohereStream implements ProviderDialect.AnswerReader {
  private final String model;
  private final ServerSentEvents events = new ServerSentEvents();

  private boolean begun;
  private boolean ended;
  private boolean failed;

  /** Calls begun so far; they come one after the other. */
  private int calls;

  private boolean inCall;
  private boolean arguments;

  CohereStream(String model) {
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
    if (failed) {
      return;
    }
    if (!ended) {
      throw new MalformedAnswerException("the provider's stream ends before the answer does");
    }
    to.accept(new AnswerEvent.End());
  }

  private void event(ServerEvent event, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (failed || event.data().equals("[DONE]")) {
      return;
    }
    JsonNode json = LimitedJson.answer(event.data());
    String type = AnswerFields.text(json, "type");
    if (type == null) {
      failed = true;
      to.accept(new AnswerEvent.Failed(ErrorBodies.read(500, json)));
      return;
    }
    if (ended || begun == type.equals("message-start")) {
      throw new MalformedAnswerException("the events of the provider's stream are out of order");
    }
    JsonNode delta = json.path("delta");
    JsonNode message = delta.path("message");
    switch (type) {
      case "message-start" -> {
        begun = true;
        to.accept(new AnswerEvent.Begin(AnswerFields.needText(json, "id"), model, Usage.NONE));
      }
      case "content-start", "content-delta" -> content(message.path("content"), to);
      case "tool-plan-delta" -> text(AnswerFields.needText(message, "tool_plan"), to);
      case "tool-call-start" -> start(AnswerFields.needObject(message, "tool_calls"), to);
      case "tool-call-delta" ->
          arguments(AnswerFields.needObject(message, "tool_calls").path("function"), to);
      case "tool-call-end" -> endCall(to);
      case "message-end" -> stop(delta, to);
      default -> {} // content-end, citations, debug, and those of later versions
    }
  }

  private static void content(JsonNode content, Consumer<AnswerEvent> to) {
    String thought = AnswerFields.text(content, "thinking");
    if (thought != null && !thought.isEmpty()) {
      to.accept(new AnswerEvent.Thought(0, thought));
    }
    String text = AnswerFields.text(content, "text");
    text(text == null ? "" : text, to);
  }

  private static void text(String text, Consumer<AnswerEvent> to) {
    if (!text.isEmpty()) {
      to.accept(new AnswerEvent.Text(0, text));
    }
  }

  private void start(JsonNode call, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    endCall(to);
    JsonNode function = AnswerFields.needObject(call, "function");
    inCall = true;
    arguments = false;
    to.accept(
        new AnswerEvent.ToolCall(
            0,
            calls++,
            AnswerFields.needText(call, "id"),
            AnswerFields.needText(function, "name"),
            null));
    arguments(function, to);
  }

  private void arguments(JsonNode function, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    if (!inCall) {
      throw new MalformedAnswerException("the provider's stream mixes up its tool calls");
    }
    String json = AnswerFields.text(function, "arguments");
    if (json != null && !json.isEmpty()) {
      arguments = true;
      to.accept(new AnswerEvent.ToolArguments(0, calls - 1, json));
    }
  }

  private void endCall(Consumer<AnswerEvent> to) {
    if (inCall && !arguments) {
      to.accept(new AnswerEvent.ToolArguments(0, calls - 1, "{}"));
    }
    inCall = false;
  }

  private void stop(JsonNode delta, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    endCall(to);
    String reason = AnswerFields.needText(delta, "finish_reason");
    if (CohereAnswer.isError(reason)) {
      failed = true;
      to.accept(new AnswerEvent.Failed(error(reason, AnswerFields.text(delta, "error"))));
      return;
    }
    ended = true;
    to.accept(new AnswerEvent.Stop(0, CohereAnswer.stop(reason), null));
    to.accept(new AnswerEvent.Used(CohereAnswer.usage(delta.path("usage"))));
  }

  private static ProviderError error(String reason, @Nullable String message) {
    int status = reason.equals("TIMEOUT") ? 504 : 500;
    ProviderError read =
        ErrorBodies.read(
            status,
            LimitedJson.object()
                .put("message", message == null ? "Cohere broke the answer off" : message));
    return new ProviderError(status, read.kind(), reason, null, read.message());
  }
}
