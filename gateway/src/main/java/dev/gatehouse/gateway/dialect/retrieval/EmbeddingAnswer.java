package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vectors in the order of the texts.
 *
 * @param inputTokens what was read; null: the provider does not say
 */
public record EmbeddingAnswer(List<float[]> vectors, @Nullable Long inputTokens) {
  /** Copies the list, not the vectors. */
  public EmbeddingAnswer {
    vectors = List.copyOf(vectors);
  }

  /** Puts what several calls gave together. */
  static EmbeddingAnswer joined(List<EmbeddingAnswer> answers, EmbeddingRequest asked)
      throws MalformedAnswerException {
    List<float[]> vectors = new ArrayList<>();
    Long tokens = 0L;
    for (EmbeddingAnswer answer : answers) {
      vectors.addAll(answer.vectors());
      tokens =
          tokens == null || answer.inputTokens() == null ? null : tokens + answer.inputTokens();
    }
    if (vectors.size() != asked.texts().size()) {
      throw new MalformedAnswerException("the provider gave more or fewer vectors than texts");
    }
    return new EmbeddingAnswer(vectors, tokens);
  }

  /** Reads an array of numbers. */
  static float[] vector(JsonNode numbers) throws MalformedAnswerException {
    if (!numbers.isArray() || numbers.isEmpty()) {
      throw new MalformedAnswerException("the provider's answer lacks a vector");
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!numbers.get(i).isNumber()) {
        throw new MalformedAnswerException("a vector of the provider's has what is no number");
      }
      vector[i] = numbers.get(i).decimalValue().floatValue();
      if (!Float.isFinite(vector[i])) {
        throw new MalformedAnswerException("a vector of the provider's has a number out of range");
      }
    }
    return vector;
  }

  /**
   * Writes it as OpenAI does.
   *
   * @param model what the client called the model
   */
  public ObjectNode write(EmbeddingRequest asked, String model) {
    ObjectNode answer = LimitedJson.object().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < vectors.size(); i++) {
      ObjectNode embedding = data.addObject().put("object", "embedding").put("index", i);
      if (asked.base64()) {
        embedding.put("embedding", base64(vectors.get(i)));
      } else {
        ArrayNode numbers = embedding.putArray("embedding");
        for (float number : vectors.get(i)) {
          numbers.add(number);
        }
      }
    }
    answer.put("model", model);
    long tokens = inputTokens == null ? 0 : inputTokens;
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return answer;
  }

  /** OpenAI's binary form: numbers of four bytes, the lowest first. */
  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : vector) {
      bytes.putFloat(number);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
