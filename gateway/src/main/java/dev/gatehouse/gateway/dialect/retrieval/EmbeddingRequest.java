package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants embedded, asked as OpenAI has it.
 *
 * @param texts from 1 to 2,048
 * @param dimensions how long each vector is to be; null: the model's usual
 * @param purpose what it is for; null: unsaid
 * @param base64 whether vectors are wanted as Base64, as OpenAI's SDK does
 */
public record EmbeddingRequest(
    List<String> texts, @Nullable Integer dimensions, @Nullable Purpose purpose, boolean base64) {
  private static final int MOST_TEXTS = 2048;

  /** What texts are embedded for: Cohere's {@code input_type}, which its models need. */
  public enum Purpose {
    SEARCH_DOCUMENT,
    SEARCH_QUERY,
    CLASSIFICATION,
    CLUSTERING
  }

  /** Copies the texts. */
  public EmbeddingRequest {
    texts = List.copyOf(texts);
  }

  /**
   * Reads a request to {@code /v1/embeddings}.
   *
   * @throws UntranslatableException where it is none, or asks what another vendor's model cannot do
   */
  public static EmbeddingRequest read(JsonNode request) throws UntranslatableException {
    RequestFields fields = new RequestFields(request);
    fields.take("model");
    // For the provider's abuse detection, which none of the others has.
    fields.take("user");
    JsonNode input = fields.take("input");
    List<String> texts = new ArrayList<>();
    if (input != null && input.isString()) {
      texts.add(input.stringValue());
    } else if (input != null && input.isArray()) {
      for (JsonNode each : input) {
        texts.add(text(each));
      }
    }
    if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
      throw new UntranslatableException(
          "input", "input has to be a string or from 1 to " + MOST_TEXTS + " strings");
    }
    String format = fields.text("encoding_format");
    if (format != null && !format.equals("float") && !format.equals("base64")) {
      throw new UntranslatableException(
          "encoding_format", "encoding_format has to be float or base64");
    }
    EmbeddingRequest read =
        new EmbeddingRequest(
            texts, fields.count("dimensions"), purpose(fields), "base64".equals(format));
    fields.end();
    return read;
  }

  private static String text(JsonNode each) throws UntranslatableException {
    if (each.isString()) {
      return each.stringValue();
    }
    throw new UntranslatableException(
        "input",
        "Tokens mean nothing to another vendor's model: send text (with LangChain's"
            + " OpenAIEmbeddings, set check_embedding_ctx_length=False)");
  }

  private static @Nullable Purpose purpose(RequestFields fields) throws UntranslatableException {
    String type = fields.text("input_type");
    return switch (type) {
      case null -> null;
      case "search_document" -> Purpose.SEARCH_DOCUMENT;
      case "search_query" -> Purpose.SEARCH_QUERY;
      case "classification" -> Purpose.CLASSIFICATION;
      case "clustering" -> Purpose.CLUSTERING;
      default ->
          throw new UntranslatableException(
              "input_type",
              "input_type has to be search_document, search_query, classification or clustering");
    };
  }

  /** The texts in groups, for providers that take only so many at once. */
  List<List<String>> groups(int most) {
    List<List<String>> groups = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += most) {
      groups.add(texts.subList(from, Math.min(texts.size(), from + most)));
    }
    return groups;
  }
}
