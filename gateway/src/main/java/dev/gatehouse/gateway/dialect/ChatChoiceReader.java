package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One choice of a streamed chat completion. */
final class ChatChoiceReader {
  private static final int MOST_CALLS = 1_024;
  private static final int MOST_EARLY = 1 << 20;

  private final String answer;
  private final int number;
  private final List<Call> calls = new ArrayList<>();
  private boolean refused;
  private boolean stopped;

  ChatChoiceReader(String answer, int number) {
    this.answer = answer;
    this.number = number;
  }

  boolean stopped() {
    return stopped;
  }

  void take(JsonNode choice, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    JsonNode delta = choice.path("delta");
    thought(ChatAnswerReader.thought(delta), to);
    content(delta.path("content"), to);
    String refusal = AnswerFields.word(delta, "refusal");
    if (refusal != null) {
      refused = true;
      text(refusal, to);
    }
    for (JsonNode call : delta.path("tool_calls")) {
      call(call, to);
    }
    String reason = AnswerFields.word(choice, "finish_reason");
    if (reason != null && !stopped) {
      finish(to);
      String stopText = ChatAnswerReader.stopText(choice);
      StopReason stop =
          refused ? StopReason.REFUSED : ChatStops.read(reason, !calls.isEmpty(), stopText);
      to.accept(new AnswerEvent.Stop(number, stop, stop == StopReason.STOP_TEXT ? stopText : null));
    }
  }

  /** The stream is at its end, and may have said no reason. */
  void end(Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (!stopped) {
      finish(to);
      StopReason stop = refused ? StopReason.REFUSED : ChatStops.read(null, !calls.isEmpty(), null);
      to.accept(new AnswerEvent.Stop(number, stop, null));
    }
  }

  private void text(@Nullable String text, Consumer<AnswerEvent> to) {
    if (text != null && !text.isEmpty()) {
      to.accept(new AnswerEvent.Text(number, text));
    }
  }

  private void thought(@Nullable String text, Consumer<AnswerEvent> to) {
    if (text != null) {
      to.accept(new AnswerEvent.Thought(number, text));
    }
  }

  private void content(JsonNode content, Consumer<AnswerEvent> to) {
    if (content.isString()) {
      text(content.stringValue(), to);
      return;
    }
    for (JsonNode part : content) {
      text(AnswerFields.text(part, "text"), to);
      for (JsonNode thought : part.path("thinking")) {
        thought(AnswerFields.word(thought, "text"), to);
      }
    }
  }

  private void call(JsonNode delta, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    Call call = find(delta);
    JsonNode function = delta.path("function");
    String id = AnswerFields.word(delta, "id");
    String name = AnswerFields.word(function, "name");
    if (call.id == null) {
      call.id = id;
    }
    if (call.name == null) {
      call.name = name;
    }
    JsonNode arguments = function.path("arguments");
    String piece =
        arguments.isObject()
            ? LimitedJson.text(arguments)
            : AnswerFields.text(function, "arguments");
    if (piece != null) {
      call.early.append(piece);
    }
    if (call.early.length() > MOST_EARLY) {
      throw new MalformedAnswerException("the provider's stream names no tool for its arguments");
    }
    // Without an id the next piece may bring it; once there are arguments, none will come.
    if (call.name != null && (call.id != null || !call.early.isEmpty())) {
      begin(call, to);
    }
  }

  /**
   * Calls are told apart by their index; where there is none, or one for all of them, by a new id,
   * and where there is none of that either, by their names.
   */
  private Call find(JsonNode delta) throws MalformedAnswerException {
    int index = AnswerFields.index(delta, "index", -1);
    String id = AnswerFields.word(delta, "id");
    boolean another =
        index < 0 && id == null && AnswerFields.word(delta.path("function"), "name") != null;
    for (Call call : calls.reversed()) {
      boolean same = another ? call.name == null : index < 0 || call.index == index;
      if (same && (id == null || call.id == null || call.id.equals(id))) {
        return call;
      }
    }
    if (calls.size() >= MOST_CALLS) {
      throw new MalformedAnswerException("the provider's stream calls too many tools");
    }
    Call call = new Call(calls.size(), index);
    calls.add(call);
    return call;
  }

  /** Begins what has waited for an id, and gives its arguments to what has none. */
  private void finish(Consumer<AnswerEvent> to) throws MalformedAnswerException {
    stopped = true;
    for (Call call : calls) {
      begin(call, to);
      if (!call.argued) {
        to.accept(new AnswerEvent.ToolArguments(number, call.number, "{}"));
      }
    }
  }

  private void begin(Call call, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (!call.begun) {
      if (call.name == null) {
        throw new MalformedAnswerException("the provider's stream calls a tool without a name");
      }
      if (call.id == null) {
        call.id = ChatAnswerReader.callId(answer, number, call.number);
      }
      call.begun = true;
      to.accept(new AnswerEvent.ToolCall(number, call.number, call.id, call.name, null));
    }
    if (!call.early.isEmpty()) {
      call.argued = true;
      to.accept(new AnswerEvent.ToolArguments(number, call.number, call.early.toString()));
      call.early.setLength(0);
    }
  }

  private static final class Call {
    private final int number;
    private final int index;
    private @Nullable String id;
    private @Nullable String name;
    private final StringBuilder early = new StringBuilder();
    private boolean begun;
    private boolean argued;

    private Call(int number, int index) {
      this.number = number;
      this.index = index;
    }
  }
}
