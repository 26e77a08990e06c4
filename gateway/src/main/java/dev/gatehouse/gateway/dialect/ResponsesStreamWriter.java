package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a streamed response. */
final class ResponsesStreamWriter implements ClientDialect.AnswerWriter {
  private final ResponsesAnswerWriter writer;
  private final List<ServerEvent> out = new ArrayList<>();
  private final List<ResponsesItem> items = new ArrayList<>();
  private @Nullable String id;
  private int sequence;
  private Usage usage = Usage.NONE;
  private StopReason stop = StopReason.END;

  ResponsesStreamWriter(Conversation asked, String model, Instant at) {
    writer = new ResponsesAnswerWriter(asked, model, at);
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
    switch (event) {
      case AnswerEvent.Begin begin -> {
        id = begin.id();
        usage = begin.usage();
        response("response.created", "in_progress");
        response("response.in_progress", "in_progress");
      }
      case AnswerEvent.Text(int choice, String text) -> of(ResponsesItem.Kind.TEXT).add(text);
      case AnswerEvent.Thought(int choice, String text) -> of(ResponsesItem.Kind.THOUGHT).add(text);
      case AnswerEvent.ThoughtSignature(int choice, String signature) -> {
        ResponsesItem thought = of(ResponsesItem.Kind.THOUGHT);
        thought.encrypted(EncryptedThought.signed(signature));
        thought.finish();
      }
      case AnswerEvent.RedactedThought(int choice, String data) -> {
        ResponsesItem thought = begin(ResponsesItem.Kind.REDACTED);
        thought.encrypted(EncryptedThought.redacted(data));
        thought.start();
        thought.finish();
      }
      case AnswerEvent.ToolCall call -> {
        ResponsesItem item = begin(ResponsesItem.Kind.CALL);
        item.call(call);
        item.start();
      }
      case AnswerEvent.ToolArguments(int choice, int call, String json) ->
          items.stream().filter(item -> item.isCall(call)).forEach(item -> item.add(json));
      case AnswerEvent.Stop(int choice, StopReason reason, String text) -> {
        stop = reason;
        items.forEach(ResponsesItem::finish);
      }
      case AnswerEvent.Used(Usage used) -> usage = used;
      case AnswerEvent.Failed(ProviderError error) -> failed(error);
      case AnswerEvent.End() -> end();
    }
  }

  /** The item of this kind that is being written, or a new one. */
  private ResponsesItem of(ResponsesItem.Kind kind) {
    if (!items.isEmpty() && items.getLast().isOpen(kind)) {
      return items.getLast();
    }
    ResponsesItem item = begin(kind);
    item.start();
    return item;
  }

  private ResponsesItem begin(ResponsesItem.Kind kind) {
    // Calls may be mixed: one is open until its arguments are whole.
    items.stream().filter(ResponsesItem::canFinish).forEach(ResponsesItem::finish);
    ResponsesItem item = new ResponsesItem(kind, id == null ? "" : id, items.size(), this::send);
    items.add(item);
    return item;
  }

  private void end() {
    items.forEach(ResponsesItem::finish);
    ObjectNode response = writer.finished(id == null ? "" : id, output(), stop, usage);
    String type = "response." + response.path("status").stringValue("completed");
    ObjectNode data = LimitedJson.object();
    data.set("response", response);
    send(type, data);
  }

  private void failed(ProviderError error) {
    if (id == null) {
      send(
          "error",
          LimitedJson.object()
              .put("code", code(error))
              .put("message", error.message())
              .putNull("param"));
      return;
    }
    ObjectNode response = writer.response(id, "failed", output());
    response.putObject("error").put("code", code(error)).put("message", error.message());
    ObjectNode data = LimitedJson.object();
    data.set("response", response);
    send("response.failed", data);
  }

  private static String code(ProviderError error) {
    return switch (error.kind()) {
      case RATE_LIMIT -> "rate_limit_exceeded";
      case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_POLICY, TOO_LARGE, NOT_FOUND ->
          "invalid_prompt";
      case AUTHENTICATION, PERMISSION, OUT_OF_CREDIT, OVERLOADED, TIMEOUT, SERVER -> "server_error";
    };
  }

  private void response(String type, String status) {
    ObjectNode data = LimitedJson.object();
    data.set("response", writer.response(id == null ? "" : id, status, output()));
    send(type, data);
  }

  private ArrayNode output() {
    ArrayNode output = LimitedJson.object().putArray("output");
    items.forEach(item -> output.add(item.written()));
    return output;
  }

  private void send(String type, ObjectNode data) {
    data.put("type", type).put("sequence_number", sequence++);
    out.add(new ServerEvent(type, LimitedJson.text(data)));
  }
}
