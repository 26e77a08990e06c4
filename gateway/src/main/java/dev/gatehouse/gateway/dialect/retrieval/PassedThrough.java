package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks providers that have the clients' own formats: embeddings of OpenAI and who copies it,
 * reranking of Jina, vLLM and alike. All that a client said goes on but the model's name; the
 * answer goes back as it came. The base address ends in {@code /v1}.
 */
public final class PassedThrough {
  private PassedThrough() {}

  /** A request to {@code /v1/embeddings} for the provider. */
  public static ProviderCall embeddings(ObjectNode request, String model) {
    return new ProviderCall("/embeddings", Map.of(), request.deepCopy().put("model", model));
  }

  /** A request to {@code /v1/rerank} for the provider. */
  public static ProviderCall rerank(ObjectNode request, String model) {
    return new ProviderCall("/rerank", Map.of(), request.deepCopy().put("model", model));
  }

  /**
   * The input tokens that an answer says it took; null: it does not say.
   *
   * @throws MalformedAnswerException where it says what cannot be
   */
  public static @Nullable Long inputTokens(JsonNode answer) throws MalformedAnswerException {
    JsonNode usage = answer.path("usage");
    for (String name : new String[] {"prompt_tokens", "total_tokens"}) {
      if (usage.path(name).isNumber()) {
        return AnswerFields.count(usage, name);
      }
    }
    return null;
  }
}
