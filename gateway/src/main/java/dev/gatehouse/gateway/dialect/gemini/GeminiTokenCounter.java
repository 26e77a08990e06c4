package dev.gatehouse.gateway.dialect.gemini;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.TokenCounter;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's {@code countTokens}, of a whole request: instructions and tools count too. */
public final class GeminiTokenCounter implements TokenCounter {
  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    ObjectNode body = LimitedJson.object();
    body.putObject("generateContentRequest")
        .put("model", Gemini.name(model))
        .setAll(GeminiRequest.write(conversation, model));
    return new ProviderCall(Gemini.path(model) + ":countTokens", Map.of(), body);
  }

  @Override
  public long read(JsonNode answer) throws MalformedAnswerException {
    return AnswerFields.needCount(answer, "totalTokens");
  }
}
