package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Usage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Reads a streamed chat completion. Takes what is seen in the wild: chunks without choices, a usage
 * that never comes, no {@code [DONE]} at the end, an end without a reason.
 */
final class ChatStreamReader implements ProviderDialect.AnswerReader {
  /** So many answers at once nobody asks for; a hostile provider could count without end. */
  private static final int MOST_CHOICES = 128;

  private final ServerSentEvents events = new ServerSentEvents();
  private final String model;
  private final Map<Integer, ChatChoiceReader> choices = new TreeMap<>();
  private boolean begun;
  private boolean ended;
  private String id = "";

  ChatStreamReader(String model) {
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
      if (!begun
          || choices.isEmpty()
          || !choices.values().stream().allMatch(ChatChoiceReader::stopped)) {
        throw new MalformedAnswerException("the provider's stream was cut off");
      }
      ended = true;
      to.accept(new AnswerEvent.End());
    }
  }

  private void event(ServerEvent event, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    String data = event.data().strip();
    if (ended || data.isEmpty()) {
      return;
    }
    if (data.equals("[DONE]")) {
      done(to);
      return;
    }
    JsonNode chunk = LimitedJson.answer(data);
    if (chunk.hasNonNull("error")) {
      ended = true;
      to.accept(new AnswerEvent.Failed(ErrorBodies.read(0, chunk)));
      return;
    }
    chunk(chunk, to);
  }

  private void done(Consumer<AnswerEvent> to) throws MalformedAnswerException {
    if (!begun) {
      throw new MalformedAnswerException("the provider's stream ended before it began");
    }
    for (ChatChoiceReader choice : choices.values()) {
      choice.end(to);
    }
    ended = true;
    to.accept(new AnswerEvent.End());
  }

  private void chunk(JsonNode chunk, Consumer<AnswerEvent> to) throws MalformedAnswerException {
    // Azure's first has nothing, not even an id.
    if (!begun && (!chunk.path("choices").isEmpty() || chunk.path("usage").isObject())) {
      begun = true;
      id = ChatAnswerReader.id(chunk);
      String answered = AnswerFields.word(chunk, "model");
      to.accept(new AnswerEvent.Begin(id, answered == null ? model : answered, Usage.NONE));
    }
    for (JsonNode choice : chunk.path("choices")) {
      if (choice.isObject()) {
        int number = AnswerFields.index(choice, "index", 0);
        if (number >= MOST_CHOICES) {
          throw new MalformedAnswerException("the provider's stream counts its choices too far");
        }
        choices.computeIfAbsent(number, n -> new ChatChoiceReader(id, n)).take(choice, to);
      }
    }
    if (chunk.path("usage").isObject()) {
      to.accept(new AnswerEvent.Used(ChatUsage.read(chunk.path("usage"))));
    }
  }
}
