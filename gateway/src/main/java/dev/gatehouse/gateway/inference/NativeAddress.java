package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.Azure;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.routing.Deployment;

/** Where a provider that speaks the client's own format is asked. */
final class NativeAddress {
  /** The newest stable one with dates. */
  private static final String AZURE_VERSION = "2024-10-21";

  private NativeAddress() {}

  /**
   * What follows the provider's base address.
   *
   * @throws UntranslatableException where no address can name the model
   */
  static String path(Operation operation, Deployment deployment) throws UntranslatableException {
    return switch (deployment.provider().type()) {
      case OPENAI, MISTRAL, OLLAMA ->
          switch (operation) {
            case CHAT_COMPLETIONS -> "/chat/completions";
            case RESPONSES -> "/responses";
            case EMBEDDINGS -> "/embeddings";
            case RERANK -> "/rerank";
            case MESSAGES, COUNT_TOKENS -> throw foreign(operation, deployment);
          };
      case AZURE -> azure(operation, deployment);
      case ANTHROPIC ->
          switch (operation) {
            case MESSAGES -> "/v1/messages";
            case COUNT_TOKENS -> "/v1/messages/count_tokens";
            case CHAT_COMPLETIONS, RESPONSES, EMBEDDINGS, RERANK ->
                throw foreign(operation, deployment);
          };
      case COHERE, GEMINI, BEDROCK -> throw foreign(operation, deployment);
    };
  }

  private static String azure(Operation operation, Deployment deployment)
      throws UntranslatableException {
    String version = deployment.provider().apiVersion();
    Azure azure = new Azure(version == null ? AZURE_VERSION : version);
    return azure.path(
        switch (operation) {
          case CHAT_COMPLETIONS -> Azure.Operation.CHAT_COMPLETIONS;
          case EMBEDDINGS -> Azure.Operation.EMBEDDINGS;
          case RESPONSES -> Azure.Operation.RESPONSES;
          case MESSAGES, COUNT_TOKENS, RERANK -> throw foreign(operation, deployment);
        },
        deployment.model());
  }

  private static IllegalArgumentException foreign(Operation operation, Deployment deployment) {
    return new IllegalArgumentException(
        deployment.provider().type() + " is not asked for " + operation + " in these words");
  }
}
