package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cohere's {@code /v2/embed}. */
public final class CohereEmbeddings implements EmbeddingDialect {
  static final int MOST_TEXTS = 96;

  @Override
  public List<ProviderCall> write(EmbeddingRequest asked, String model) {
    List<ProviderCall> calls = new ArrayList<>();
    for (List<String> texts : asked.groups(MOST_TEXTS)) {
      calls.add(new ProviderCall("/v2/embed", Map.of(), body(asked, texts).put("model", model)));
    }
    return calls;
  }

  /** Cohere asks what it is for; what a client embeds without saying so is mostly documents. */
  static ObjectNode body(EmbeddingRequest asked, List<String> texts) {
    ObjectNode body = LimitedJson.object();
    texts.forEach(body.putArray("texts")::add);
    EmbeddingRequest.Purpose purpose =
        asked.purpose() == null ? EmbeddingRequest.Purpose.SEARCH_DOCUMENT : asked.purpose();
    body.put("input_type", purpose.name().toLowerCase(Locale.ROOT));
    body.putArray("embedding_types").add("float");
    if (asked.dimensions() != null) {
      body.put("output_dimension", asked.dimensions());
    }
    return body;
  }

  @Override
  public EmbeddingAnswer read(List<JsonNode> answers, EmbeddingRequest asked)
      throws MalformedAnswerException {
    List<EmbeddingAnswer> read = new ArrayList<>();
    for (JsonNode answer : answers) {
      read.add(read(answer));
    }
    return EmbeddingAnswer.joined(read, asked);
  }

  /** On Bedrock older models give the vectors without their type around them. */
  static EmbeddingAnswer read(JsonNode answer) throws MalformedAnswerException {
    JsonNode embeddings = answer.path("embeddings");
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode embedding : embeddings.isObject() ? embeddings.path("float") : embeddings) {
      vectors.add(EmbeddingAnswer.vector(embedding));
    }
    JsonNode billed = answer.path("meta").path("billed_units");
    return new EmbeddingAnswer(
        vectors, billed.has("input_tokens") ? AnswerFields.count(billed, "input_tokens") : null);
  }
}
