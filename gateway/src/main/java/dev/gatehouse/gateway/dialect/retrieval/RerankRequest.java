package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants ranked, asked as Cohere and Jina have it.
 *
 * @param documents from 1 to 1,000
 * @param topN how many results are wanted; null: all
 * @param returnDocuments whether results repeat their documents
 * @param maxTokensPerDocument after how many tokens a document is cut; null: unsaid
 */
public record RerankRequest(
    String query,
    List<String> documents,
    @Nullable Integer topN,
    boolean returnDocuments,
    @Nullable Integer maxTokensPerDocument) {
  private static final int MOST_DOCUMENTS = 1000;

  /** Copies the documents. */
  public RerankRequest {
    documents = List.copyOf(documents);
  }

  /**
   * Reads a request to {@code /v1/rerank}.
   *
   * @throws UntranslatableException where it is none
   */
  public static RerankRequest read(JsonNode request) throws UntranslatableException {
    RequestFields fields = new RequestFields(request);
    fields.take("model");
    String query = fields.text("query");
    if (query == null || query.isEmpty()) {
      throw new UntranslatableException("query", "query is missing.");
    }
    List<String> documents = new ArrayList<>();
    JsonNode given = fields.take("documents");
    for (JsonNode document : given != null && given.isArray() ? given : List.<JsonNode>of()) {
      // Cohere's first version takes objects, too; their text is what is ranked.
      boolean object = document.isObject() && document.size() == 1;
      JsonNode text = object ? document.path("text") : document;
      if (!text.isString()) {
        throw new UntranslatableException(
            "documents", "documents have to be strings, or objects with a text and nothing else");
      }
      documents.add(text.stringValue());
    }
    if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
      throw new UntranslatableException(
          "documents", "documents have to be from 1 to " + MOST_DOCUMENTS);
    }
    RerankRequest read =
        new RerankRequest(
            query,
            documents,
            fields.count("top_n"),
            fields.flag("return_documents"),
            fields.count("max_tokens_per_doc"));
    fields.end();
    return read;
  }
}
