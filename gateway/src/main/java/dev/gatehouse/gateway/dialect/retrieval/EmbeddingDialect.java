package dev.gatehouse.gateway.dialect.retrieval;

import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A format in which a provider is asked for embeddings. Its errors are those of the provider's
 * {@link dev.gatehouse.gateway.dialect.ProviderDialect}.
 */
public interface EmbeddingDialect {
  /**
   * Writes the calls that it takes, one after the other: providers limit how many texts one has.
   *
   * @param model as the provider calls it
   * @throws UntranslatableException where the provider cannot do what is asked
   */
  List<ProviderCall> write(EmbeddingRequest asked, String model) throws UntranslatableException;

  /**
   * Reads the answers to all the calls, in their order.
   *
   * @throws MalformedAnswerException where they are none
   */
  EmbeddingAnswer read(List<JsonNode> answers, EmbeddingRequest asked)
      throws MalformedAnswerException;
}
