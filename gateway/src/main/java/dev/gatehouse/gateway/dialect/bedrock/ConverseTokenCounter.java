package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.TokenCounter;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.UriText;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bedrock's CountTokens of what Converse would be asked. It is not to be had for every model. */
public final class ConverseTokenCounter implements TokenCounter {
  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    ObjectNode converse = ConverseRequest.write(conversation, model);
    if (converse.has("outputConfig")) {
      throw new UntranslatableException(
          "output_config", "Bedrock counts no tokens of an answer's format or effort");
    }
    ObjectNode body = LimitedJson.object();
    body.putObject("input").set("converse", converse);
    return new ProviderCall(
        "/model/" + UriText.segment(model, "model") + "/count-tokens",
        Map.of("accept", "application/json"),
        body);
  }

  @Override
  public long read(JsonNode answer) throws MalformedAnswerException {
    return AnswerFields.needCount(answer, "inputTokens");
  }
}
