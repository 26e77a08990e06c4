package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages. */
public final class Messages implements ClientDialect, ProviderDialect {
  private static final Map<String, String> VERSION = Map.of("anthropic-version", "2023-06-01");

  @Override
  public Conversation read(JsonNode request) throws UntranslatableException {
    return MessagesRequestReader.read(request);
  }

  @Override
  public ObjectNode write(Answer answer, Conversation asked, String model, Instant at) {
    return MessagesAnswerWriter.write(answer, model);
  }

  @Override
  public AnswerWriter stream(Conversation asked, String model, Instant at, String requestId) {
    return new MessagesStreamWriter(model, requestId);
  }

  @Override
  public int status(ProviderError error) {
    return AnthropicErrors.status(error);
  }

  @Override
  public ObjectNode error(ProviderError error, String requestId) {
    return AnthropicErrors.write(error, requestId);
  }

  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    return new ProviderCall(
        "/v1/messages", VERSION, MessagesRequestWriter.write(conversation, model));
  }

  @Override
  public Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    return MessagesAnswerReader.read(answer, model);
  }

  @Override
  public AnswerReader stream(String model) {
    return new MessagesStreamReader(model);
  }

  @Override
  public ProviderError error(int status, byte[] body) {
    return ErrorBodies.read(status, body);
  }

  /**
   * Reads a request to count tokens.
   *
   * @throws UntranslatableException where it is not of this format
   */
  public Conversation readCount(JsonNode request) throws UntranslatableException {
    return MessagesRequestReader.readCount(request);
  }

  /**
   * Writes a request to count tokens.
   *
   * @param model as the provider calls it
   * @throws UntranslatableException where the conversation has what this provider cannot do
   */
  public ProviderCall writeCount(Conversation conversation, String model)
      throws UntranslatableException {
    return new ProviderCall(
        "/v1/messages/count_tokens",
        VERSION,
        MessagesRequestWriter.writeCount(conversation, model));
  }

  /**
   * Reads a count of tokens.
   *
   * @throws MalformedAnswerException where it is none
   */
  public long readCount(JsonNode answer, String model) throws MalformedAnswerException {
    return MessagesAnswerReader.count(answer);
  }

  /** Writes a count of tokens. */
  public ObjectNode writeCount(long tokens) {
    return LimitedJson.object().put("input_tokens", tokens);
  }
}
