package dev.gatehouse.gateway.dialect.gemini;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.ServerEvent;
import dev.gatehouse.gateway.dialect.ServerSentEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reads streamGenerateContent: each event a GenerateContentResponse with what is new. */
final class GeminiStream implements ProviderDialect.AnswerReader {
  /** More candidates than that Gemini does not give. */
  private static final int MOST_CHOICES = 128;

  private final String model;
  private final ServerSentEvents events = new ServerSentEvents();

  private final Map<Integer, Choice> choices = new HashMap<>();
  private String id = "";
  private Usage usage = Usage.NONE;
  private boolean begun;
  private boolean failed;

  /** How far a candidate is. */
  private static final class Choice {
    int calls;
    boolean stopped;
  }

  GeminiStream(String model) {
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
    if (choices.isEmpty() || choices.values().stream().anyMatch(choice -> !choice.stopped)) {
      throw new MalformedAnswerException("the provider's stream ends before the answer does");
    }
    to.accept(new AnswerEvent.Used(usage));
    to.accept(new AnswerEvent.End());
  }

  private void event(ServerEvent event, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (failed) {
      return;
    }
    JsonNode piece = LimitedJson.answer(event.data());
    if (!piece.isObject()) {
      throw new MalformedAnswerException("a piece of the provider's stream is no object");
    }
    if (piece.has("error")) {
      fail(GeminiErrors.read(piece), to);
      return;
    }
    if (!begun) {
      begun = true;
      id = GeminiAnswer.id(piece);
      to.accept(new AnswerEvent.Begin(id, GeminiAnswer.model(piece, model), Usage.NONE));
    }
    if (piece.path("usageMetadata").isObject()) {
      usage = GeminiAnswer.usage(piece.get("usageMetadata")); // each time all there is so far
    }
    for (JsonNode candidate : piece.path("candidates")) {
      candidate(candidate, to);
      if (failed) {
        return;
      }
    }
    if (choices.isEmpty() && GeminiAnswer.isBlocked(piece)) {
      choice(0).stopped = true;
      to.accept(new AnswerEvent.Stop(0, StopReason.FILTERED, null));
    }
  }

  private void candidate(JsonNode candidate, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    int index = (int) AnswerFields.count(candidate, "index");
    Choice choice = choice(index);
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (choice.stopped) {
        throw new MalformedAnswerException("the provider's stream goes on after its end");
      }
      part(part, index, choice, to);
    }
    String reason = AnswerFields.text(candidate, "finishReason");
    if (reason == null || choice.stopped) {
      return;
    }
    String error = GeminiAnswer.error(reason);
    if (error != null) {
      fail(new ProviderError(502, ProviderError.Kind.SERVER, reason, null, error), to);
      return;
    }
    choice.stopped = true;
    to.accept(new AnswerEvent.Stop(index, GeminiAnswer.stop(reason, choice.calls > 0), null));
  }

  private void part(JsonNode part, int index, Choice choice, Consumer<AnswerEvent> to)
      throws MalformedAnswerException {
    String signature = AnswerFields.text(part, "thoughtSignature");
    if (part.has("functionCall")) {
      JsonNode call = part.get("functionCall");
      int number = choice.calls++;
      to.accept(
          new AnswerEvent.ToolCall(
              index,
              number,
              GeminiAnswer.callId(call, id, index, number),
              AnswerFields.needText(call, "name"),
              signature));
      to.accept(new AnswerEvent.ToolArguments(index, number, GeminiAnswer.arguments(call)));
      return;
    }
    String text = GeminiAnswer.text(part);
    if (GeminiAnswer.isThought(part)) {
      to.accept(new AnswerEvent.Thought(index, text));
    } else {
      if (!text.isEmpty()) {
        to.accept(new AnswerEvent.Text(index, text));
      }
      if (signature != null) {
        to.accept(new AnswerEvent.Thought(index, ""));
      }
    }
    if (signature != null) {
      to.accept(new AnswerEvent.ThoughtSignature(index, signature));
    }
  }

  private Choice choice(int index) throws MalformedAnswerException {
    if (index >= MOST_CHOICES) {
      throw new MalformedAnswerException("the provider's stream has too many candidates");
    }
    return choices.computeIfAbsent(index, ignored -> new Choice());
  }

  private void fail(ProviderError error, Consumer<AnswerEvent> to) {
    failed = true;
    to.accept(new AnswerEvent.Failed(error));
  }
}
