package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.Messages;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.TokenCounter;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.bedrock.ConverseTokenCounter;
import dev.gatehouse.gateway.dialect.gemini.GeminiTokenCounter;
import dev.gatehouse.gateway.dialect.retrieval.BedrockEmbeddings;
import dev.gatehouse.gateway.dialect.retrieval.CohereEmbeddings;
import dev.gatehouse.gateway.dialect.retrieval.EmbeddingAnswer;
import dev.gatehouse.gateway.dialect.retrieval.EmbeddingDialect;
import dev.gatehouse.gateway.dialect.retrieval.EmbeddingRequest;
import dev.gatehouse.gateway.dialect.retrieval.GeminiEmbeddings;
import dev.gatehouse.gateway.dialect.retrieval.RerankDialect;
import dev.gatehouse.gateway.dialect.retrieval.RerankRequest;
import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.provider.ProviderRequest;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries what is never streamed (embeddings, rankings, counts of tokens) to a provider of another
 * format. One call of a client may be several of the provider, which limits how many texts one has.
 */
final class WholeCarrier implements Carrier {
  private final ProviderClient client;

  WholeCarrier(ProviderClient client) {
    this.client = client;
  }

  /** Whether a provider of this type can be asked so. */
  static boolean can(Operation operation, ProviderType type) {
    return switch (operation) {
      case EMBEDDINGS -> embeddings(type).isPresent();
      case RERANK -> rerank(type).isPresent();
      case COUNT_TOKENS -> counter(type).isPresent();
      case CHAT_COMPLETIONS, RESPONSES, MESSAGES -> false;
    };
  }

  private static Optional<EmbeddingDialect> embeddings(ProviderType type) {
    return switch (type) {
      case GEMINI -> Optional.of(new GeminiEmbeddings());
      case COHERE -> Optional.of(new CohereEmbeddings());
      case BEDROCK -> Optional.of(new BedrockEmbeddings());
      case OPENAI, AZURE, MISTRAL, OLLAMA, ANTHROPIC -> Optional.empty();
    };
  }

  private static Optional<RerankDialect> rerank(ProviderType type) {
    return switch (type) {
      case COHERE -> Optional.of(RerankDialect.COHERE);
      case BEDROCK -> Optional.of(RerankDialect.BEDROCK);
      case OPENAI, AZURE, MISTRAL, OLLAMA, ANTHROPIC, GEMINI -> Optional.empty();
    };
  }

  private static Optional<TokenCounter> counter(ProviderType type) {
    return switch (type) {
      case GEMINI -> Optional.of(new GeminiTokenCounter());
      case BEDROCK -> Optional.of(new ConverseTokenCounter());
      case OPENAI, AZURE, MISTRAL, OLLAMA, COHERE, ANTHROPIC -> Optional.empty();
    };
  }

  /** An answer in the client's format. */
  private record Translated(ObjectNode body, Outcome.Took took) {}

  /** A call of the provider's that did not come to an answer. */
  private static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Failed outcome;

    FailedException(Outcome.Failed outcome) {
      super(outcome.error().message());
      this.outcome = outcome;
    }
  }

  @Override
  public Outcome carry(Attempt attempt) {
    try {
      Translated answer = answer(attempt);
      Outcome.Took took = answer.took();
      attempt.putHeaders(took.usage());
      attempt.settle(took);
      try {
        attempt.out().whole(200, LimitedJson.bytes(answer.body()));
      } catch (ClientAnswer.GoneException e) {
        return new Outcome.Left(took);
      }
      return new Outcome.Answered(took);
    } catch (UntranslatableException e) {
      return Failures.ofRequest(e);
    } catch (FailedException e) {
      return e.outcome;
    } catch (MalformedAnswerException e) {
      return Failures.ofAnswer(attempt.deployment(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Failures.ofTransport(attempt.deployment(), e);
    }
  }

  private Translated answer(Attempt attempt)
      throws UntranslatableException, MalformedAnswerException, FailedException, IOException {
    return switch (attempt.call().operation()) {
      case EMBEDDINGS -> embed(attempt);
      case RERANK -> rank(attempt);
      case COUNT_TOKENS -> count(attempt);
      case CHAT_COMPLETIONS, RESPONSES, MESSAGES ->
          throw new IllegalArgumentException("may be streamed: " + attempt.call().operation());
    };
  }

  private Translated embed(Attempt attempt)
      throws UntranslatableException, MalformedAnswerException, FailedException, IOException {
    EmbeddingDialect dialect = embeddings(attempt.deployment().provider().type()).orElseThrow();
    EmbeddingRequest asked =
        EmbeddingRequest.read(LimitedJson.request(attempt.call().request().body()));
    List<JsonNode> answers = new ArrayList<>();
    for (ProviderCall call : dialect.write(asked, attempt.deployment().model())) {
      answers.add(ask(attempt, call));
    }
    EmbeddingAnswer answer = dialect.read(answers, asked);
    Long tokens = answer.inputTokens();
    return new Translated(
        answer.write(asked, attempt.call().request().model()),
        tokens == null ? Outcome.Took.NOTHING : new Outcome.Took(new Usage(tokens, 0, 0, 0, 0), 0));
  }

  private Translated rank(Attempt attempt)
      throws UntranslatableException, MalformedAnswerException, FailedException, IOException {
    RerankDialect dialect = rerank(attempt.deployment().provider().type()).orElseThrow();
    RerankRequest asked = RerankRequest.read(LimitedJson.request(attempt.call().request().body()));
    JsonNode answer = ask(attempt, dialect.write(asked, attempt.deployment().model()));
    return new Translated(
        dialect.read(answer, asked).write(asked, attempt.call().request().model()),
        Outcome.Took.NOTHING);
  }

  private Translated count(Attempt attempt)
      throws UntranslatableException, MalformedAnswerException, FailedException, IOException {
    TokenCounter counter = counter(attempt.deployment().provider().type()).orElseThrow();
    Messages messages = new Messages();
    Conversation asked = messages.readCount(LimitedJson.request(attempt.call().request().body()));
    JsonNode answer = ask(attempt, counter.write(asked, attempt.deployment().model()));
    return new Translated(messages.writeCount(counter.read(answer)), Outcome.Took.FREE);
  }

  private JsonNode ask(Attempt attempt, ProviderCall call)
      throws MalformedAnswerException, FailedException, IOException {
    Deployment deployment = attempt.deployment();
    ProviderRequest request =
        new ProviderRequest(call.path(), call.headers(), LimitedJson.bytes(call.body()), false);
    try (OutboundResponse response =
        client.send(
            deployment.provider(), request, attempt.timeout(), attempt.call().cancellation())) {
      attempt.call().answeredAt();
      if (response.status() != 200) {
        throw new FailedException(
            Failures.ofStatus(
                deployment, response, ProviderDialects.of(deployment.provider().type())::error));
      }
      return LimitedJson.answer(WholeBody.read(response));
    }
  }
}
