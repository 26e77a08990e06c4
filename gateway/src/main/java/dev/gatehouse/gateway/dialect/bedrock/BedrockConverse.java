package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.UriText;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Amazon Bedrock's Converse (API version 2023-09-30). The base address is {@code
 * https://bedrock-runtime.REGION.amazonaws.com}; each call is signed by {@link SignatureV4}, or
 * carries a Bedrock API key as a bearer token.
 *
 * <p>An answer has no id in its body: ids are empty, and whoever reads the header {@code
 * x-amzn-requestid} puts its value there.
 */
public final class BedrockConverse implements ProviderDialect {
  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    String path = "/model/" + UriText.segment(model, "model");
    return conversation.streamed()
        ? new ProviderCall(
            path + "/converse-stream",
            Map.of("accept", "application/vnd.amazon.eventstream"),
            ConverseRequest.write(conversation, model))
        : new ProviderCall(
            path + "/converse",
            Map.of("accept", "application/json"),
            ConverseRequest.write(conversation, model));
  }

  @Override
  public Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    return ConverseAnswer.read(answer, model);
  }

  @Override
  public AnswerReader stream(String model) {
    return new ConverseEvents(model);
  }

  @Override
  public ProviderError error(int status, byte[] body) {
    return BedrockErrors.read(status, body);
  }
}
