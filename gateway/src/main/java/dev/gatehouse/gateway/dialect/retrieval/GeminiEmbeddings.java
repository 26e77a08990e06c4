package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.gemini.Gemini;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's batchEmbedContents. */
public final class GeminiEmbeddings implements EmbeddingDialect {
  private static final int MOST_TEXTS = 100;

  @Override
  public List<ProviderCall> write(EmbeddingRequest asked, String model)
      throws UntranslatableException {
    String path = Gemini.path(model) + ":batchEmbedContents";
    String name = model.indexOf('/') < 0 ? "models/" + model : model;
    List<ProviderCall> calls = new ArrayList<>();
    for (List<String> texts : asked.groups(MOST_TEXTS)) {
      ObjectNode body = LimitedJson.object();
      ArrayNode requests = body.putArray("requests");
      for (String text : texts) {
        ObjectNode request = requests.addObject().put("model", name);
        request.putObject("content").putArray("parts").addObject().put("text", text);
        if (asked.purpose() != null) {
          request.put(
              "taskType",
              switch (asked.purpose()) {
                case SEARCH_DOCUMENT -> "RETRIEVAL_DOCUMENT";
                case SEARCH_QUERY -> "RETRIEVAL_QUERY";
                case CLASSIFICATION -> "CLASSIFICATION";
                case CLUSTERING -> "CLUSTERING";
              });
        }
        if (asked.dimensions() != null) {
          request.put("outputDimensionality", asked.dimensions());
        }
      }
      calls.add(new ProviderCall(path, Map.of(), body));
    }
    return calls;
  }

  @Override
  public EmbeddingAnswer read(List<JsonNode> answers, EmbeddingRequest asked)
      throws MalformedAnswerException {
    List<EmbeddingAnswer> read = new ArrayList<>();
    for (JsonNode answer : answers) {
      List<float[]> vectors = new ArrayList<>();
      for (JsonNode embedding : answer.path("embeddings")) {
        vectors.add(EmbeddingAnswer.vector(embedding.path("values")));
      }
      JsonNode usage = answer.path("usageMetadata");
      read.add(
          new EmbeddingAnswer(
              vectors,
              usage.has("promptTokenCount")
                  ? AnswerFields.count(usage, "promptTokenCount")
                  : null));
    }
    return EmbeddingAnswer.joined(read, asked);
  }
}
