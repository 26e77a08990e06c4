package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.UriText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bedrock's InvokeModel with the bodies of Amazon's Titan and of Cohere's models (the Bedrock user
 * guide, "Inference request parameters"). Other models have bodies of their own, and are refused.
 */
public final class BedrockEmbeddings implements EmbeddingDialect {
  private static final Map<String, String> HEADERS = Map.of("accept", "application/json");

  @Override
  public List<ProviderCall> write(EmbeddingRequest asked, String model)
      throws UntranslatableException {
    String path = "/model/" + UriText.segment(model, "model") + "/invoke";
    List<ProviderCall> calls = new ArrayList<>();
    if (model.contains("cohere.embed")) {
      for (List<String> texts : asked.groups(CohereEmbeddings.MOST_TEXTS)) {
        calls.add(new ProviderCall(path, HEADERS, CohereEmbeddings.body(asked, texts)));
      }
    } else if (model.contains("amazon.titan-embed-text")) {
      boolean second = model.contains("titan-embed-text-v2");
      if (asked.dimensions() != null && !second) {
        throw new UntranslatableException(
            "dimensions", "Of Bedrock's Titan models only the second version has dimensions");
      }
      for (String text : asked.texts()) {
        ObjectNode body = LimitedJson.object().put("inputText", text);
        if (asked.dimensions() != null) {
          body.put("dimensions", asked.dimensions());
        }
        calls.add(new ProviderCall(path, HEADERS, body));
      }
    } else {
      throw new UntranslatableException(
          "model", "Of Bedrock's models, Titan's text embeddings and Cohere's can be asked");
    }
    return calls;
  }

  @Override
  public EmbeddingAnswer read(List<JsonNode> answers, EmbeddingRequest asked)
      throws MalformedAnswerException {
    List<EmbeddingAnswer> read = new ArrayList<>();
    for (JsonNode answer : answers) {
      read.add(
          answer.has("embedding")
              ? new EmbeddingAnswer(
                  List.of(EmbeddingAnswer.vector(answer.get("embedding"))),
                  answer.has("inputTextTokenCount")
                      ? AnswerFields.count(answer, "inputTextTokenCount")
                      : null)
              : CohereEmbeddings.read(answer));
    }
    return EmbeddingAnswer.joined(read, asked);
  }
}
