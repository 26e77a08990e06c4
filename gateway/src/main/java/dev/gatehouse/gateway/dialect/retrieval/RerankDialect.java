package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.UriText;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider that ranks documents; the others (Gemini, Anthropic, Azure) have nothing like it. */
public enum RerankDialect {
  /** Cohere's {@code /v2/rerank}. */
  COHERE,
  /** Bedrock's InvokeModel with the body of Cohere's models. */
  BEDROCK;

  /**
   * Writes a request.
   *
   * @param model as the provider calls it
   * @throws UntranslatableException where the provider cannot do what is asked
   */
  public ProviderCall write(RerankRequest asked, String model) throws UntranslatableException {
    ObjectNode body = LimitedJson.object().put("query", asked.query());
    asked.documents().forEach(body.putArray("documents")::add);
    if (asked.topN() != null) {
      // Bedrock refuses more than there are documents.
      body.put("top_n", Math.min(asked.topN(), asked.documents().size()));
    }
    if (asked.maxTokensPerDocument() != null) {
      body.put("max_tokens_per_doc", asked.maxTokensPerDocument());
    }
    return switch (this) {
      case COHERE -> new ProviderCall("/v2/rerank", Map.of(), body.put("model", model));
      case BEDROCK -> {
        if (!model.contains("cohere.rerank")) {
          throw new UntranslatableException(
              "model", "Of Bedrock's models, Cohere's can be asked to rank");
        }
        yield new ProviderCall(
            "/model/" + UriText.segment(model, "model") + "/invoke",
            Map.of("accept", "application/json"),
            body.put("api_version", 2));
      }
    };
  }

  /**
   * Reads an answer.
   *
   * @throws MalformedAnswerException where it is none
   */
  public RerankAnswer read(JsonNode answer, RerankRequest asked) throws MalformedAnswerException {
    return RerankAnswer.read(answer, asked);
  }
}
