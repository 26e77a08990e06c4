package dev.gatehouse.gateway.dialect.cohere;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Cohere's chat, version 2. The base address is {@code https://api.cohere.com}; the key is a bearer
 * token.
 */
public final class Cohere implements ProviderDialect {
  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    return new ProviderCall("/v2/chat", Map.of(), CohereRequest.write(conversation, model));
  }

  @Override
  public Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    return CohereAnswer.read(answer, model);
  }

  @Override
  public AnswerReader stream(String model) {
    return new CohereStream(model);
  }

  @Override
  public ProviderError error(int status, byte[] body) {
    return CohereErrors.read(status, body);
  }
}
