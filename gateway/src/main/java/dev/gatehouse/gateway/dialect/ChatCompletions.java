package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, which most other vendors have copied. */
public enum ChatCompletions implements ClientDialect, ProviderDialect {
  /** OpenAI's own: knows {@code max_completion_tokens}. */
  OPENAI,
  /** Another vendor's: knows {@code max_tokens} and {@code top_k}. */
  COMPATIBLE;

  @Override
  public Conversation read(JsonNode request) throws UntranslatableException {
    return ChatRequestReader.read(request);
  }

  @Override
  public ObjectNode write(Answer answer, Conversation asked, String model, Instant at) {
    return ChatAnswerWriter.write(answer, model, at);
  }

  @Override
  public AnswerWriter stream(Conversation asked, String model, Instant at, String requestId) {
    return new ChatStreamWriter(asked, model, at);
  }

  @Override
  public int status(ProviderError error) {
    return OpenAiErrors.status(error);
  }

  @Override
  public ObjectNode error(ProviderError error, String requestId) {
    return OpenAiErrors.write(error);
  }

  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    ObjectNode body = ChatRequestWriter.write(conversation, model, this == COMPATIBLE);
    return new ProviderCall("/chat/completions", Map.of(), body);
  }

  @Override
  public Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    return ChatAnswerReader.read(answer, model);
  }

  @Override
  public AnswerReader stream(String model) {
    return new ChatStreamReader(model);
  }

  @Override
  public ProviderError error(int status, byte[] body) {
    return ErrorBodies.read(status, body);
  }
}
