package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An item of a streamed response's output while it comes. */
final class ResponsesItem {
  /** What it is. */
  enum Kind {
    TEXT,
    THOUGHT,
    REDACTED,
    CALL
  }

  private final Kind kind;
  private final String id;
  private final int index;
  private final BiConsumer<String, ObjectNode> send;
  private final StringBuilder text = new StringBuilder();
  private final JsonEnd arguments = new JsonEnd();
  private AnswerEvent.@Nullable ToolCall call;
  private @Nullable String encrypted;
  private boolean finished;

  ResponsesItem(Kind kind, String answer, int index, BiConsumer<String, ObjectNode> send) {
    this.kind = kind;
    this.id = ResponsesAnswerWriter.id(prefix(kind), answer, index);
    this.index = index;
    this.send = send;
  }

  private static String prefix(Kind kind) {
    return switch (kind) {
      case TEXT -> "msg";
      case THOUGHT, REDACTED -> "rs";
      case CALL -> "fc";
    };
  }

  void call(AnswerEvent.ToolCall call) {
    this.call = call;
  }

  void encrypted(String encrypted) {
    this.encrypted = encrypted;
  }

  boolean isOpen(Kind asked) {
    return !finished && kind == asked;
  }

  boolean isCall(int number) {
    return call != null && call.call() == number;
  }

  boolean canFinish() {
    return kind != Kind.CALL || arguments.ended();
  }

  /** As it is now, in the form of a whole answer. */
  ObjectNode written() {
    String status = finished ? "completed" : "in_progress";
    return switch (kind) {
      case TEXT -> {
        ObjectNode message = ResponsesItems.message(id, status);
        message.withArray("/content").add(ResponsesItems.text(text.toString()));
        yield message;
      }
      case THOUGHT -> ResponsesItems.reasoning(id, text.toString(), encrypted);
      case REDACTED -> ResponsesItems.reasoning(id, null, encrypted);
      case CALL ->
          ResponsesItems.call(
              id,
              new SignedId(call == null ? "" : call.id(), call == null ? null : call.signature()),
              call == null ? "" : call.name(),
              text.toString(),
              status);
    };
  }

  void start() {
    ObjectNode data = LimitedJson.object().put("output_index", index);
    data.set(
        "item",
        switch (kind) {
          case TEXT -> ResponsesItems.message(id, "in_progress");
          case THOUGHT -> ResponsesItems.reasoning(id, null, null);
          case REDACTED, CALL -> written();
        });
    send.accept("response.output_item.added", data);
    if (kind == Kind.TEXT) {
      ObjectNode part = place().put("content_index", 0);
      part.set("part", ResponsesItems.text(""));
      send.accept("response.content_part.added", part);
    } else if (kind == Kind.THOUGHT) {
      ObjectNode part = place().put("summary_index", 0);
      part.set("part", ResponsesItems.summary(""));
      send.accept("response.reasoning_summary_part.added", part);
    }
  }

  void add(String piece) {
    if (finished) {
      // After the end of a call's object, such as a line's end.
      return;
    }
    text.append(piece);
    ObjectNode data = place().put("delta", piece);
    switch (kind) {
      case TEXT -> {
        data.put("content_index", 0).putArray("logprobs");
        send.accept("response.output_text.delta", data);
      }
      case THOUGHT ->
          send.accept("response.reasoning_summary_text.delta", data.put("summary_index", 0));
      case CALL -> {
        arguments.take(piece);
        send.accept("response.function_call_arguments.delta", data);
      }
      case REDACTED -> {
        // Has no text.
      }
    }
  }

  void finish() {
    if (finished) {
      return;
    }
    finished = true;
    String whole = text.toString();
    switch (kind) {
      case TEXT -> {
        ObjectNode done = place().put("content_index", 0).put("text", whole);
        done.putArray("logprobs");
        send.accept("response.output_text.done", done);
        ObjectNode part = place().put("content_index", 0);
        part.set("part", ResponsesItems.text(whole));
        send.accept("response.content_part.done", part);
      }
      case THOUGHT -> {
        send.accept(
            "response.reasoning_summary_text.done",
            place().put("summary_index", 0).put("text", whole));
        ObjectNode part = place().put("summary_index", 0);
        part.set("part", ResponsesItems.summary(whole));
        send.accept("response.reasoning_summary_part.done", part);
      }
      case CALL ->
          send.accept("response.function_call_arguments.done", place().put("arguments", whole));
      case REDACTED -> {
        // Has no text.
      }
    }
    ObjectNode data = LimitedJson.object().put("output_index", index);
    data.set("item", written());
    send.accept("response.output_item.done", data);
  }

  private ObjectNode place() {
    return LimitedJson.object().put("item_id", id).put("output_index", index);
  }
}
