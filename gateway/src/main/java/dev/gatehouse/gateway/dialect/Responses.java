package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's Responses API as far as it needs no memory at the vendor: whole conversations in,
 * answers out. Earlier responses, background work and the vendor's own tools are refused.
 */
public final class Responses implements ClientDialect {
  @Override
  public Conversation read(JsonNode request) throws UntranslatableException {
    return ResponsesRequestReader.read(request);
  }

  @Override
  public ObjectNode write(Answer answer, Conversation asked, String model, Instant at) {
    return new ResponsesAnswerWriter(asked, model, at).write(answer);
  }

  @Override
  public AnswerWriter stream(Conversation asked, String model, Instant at, String requestId) {
    return new ResponsesStreamWriter(asked, model, at);
  }

  @Override
  public int status(ProviderError error) {
    return OpenAiErrors.status(error);
  }

  @Override
  public ObjectNode error(ProviderError error, String requestId) {
    return OpenAiErrors.write(error);
  }
}
