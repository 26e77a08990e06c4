package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents by how well they fit the query, the best first.
 *
 * @param id the provider's; empty: it gave none
 * @param searchUnits what Cohere bills; 0: it does not say
 */
public record RerankAnswer(String id, List<Result> results, long searchUnits) {
  /**
   * One of the documents.
   *
   * @param index in the request, from 0
   * @param score the higher the better; its range is the model's
   */
  public record Result(int index, BigDecimal score) {}

  /** Copies the results. */
  public RerankAnswer {
    results = List.copyOf(results);
  }

  /** Reads what Cohere answers, itself or on Bedrock. */
  static RerankAnswer read(JsonNode answer, RerankRequest asked) throws MalformedAnswerException {
    JsonNode ranked = answer.path("results");
    if (!ranked.isArray()) {
      throw new MalformedAnswerException("the provider's answer has no results");
    }
    List<Result> results = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (JsonNode result : ranked) {
      JsonNode index = result.path("index");
      JsonNode score = result.path("relevance_score");
      if (!index.isInt()
          || index.intValue() < 0
          || index.intValue() >= asked.documents().size()
          || !seen.add(index.intValue())
          || !score.isNumber()) {
        throw new MalformedAnswerException("a result of the provider's is of no document");
      }
      results.add(new Result(index.intValue(), score.decimalValue()));
    }
    String id = AnswerFields.text(answer, "id");
    return new RerankAnswer(
        id == null ? "" : id,
        results,
        AnswerFields.count(answer.path("meta").path("billed_units"), "search_units"));
  }

  /**
   * Writes it as Cohere does, with the model as Jina does.
   *
   * @param model what the client called the model
   */
  public ObjectNode write(RerankRequest asked, String model) {
    ObjectNode answer = LimitedJson.object().put("id", id).put("model", model);
    ArrayNode written = answer.putArray("results");
    for (Result result : results) {
      ObjectNode each =
          written.addObject().put("index", result.index()).put("relevance_score", result.score());
      if (asked.returnDocuments()) {
        each.putObject("document").put("text", asked.documents().get(result.index()));
      }
    }
    answer.putObject("meta").putObject("billed_units").put("search_units", searchUnits);
    return answer;
  }
}
