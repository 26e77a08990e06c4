package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.routing.Deployment;
import java.util.Optional;

/** Which way a call goes to a deployment. */
final class Carriers {
  private final Carrier plain;
  private final Carrier translating;
  private final Carrier whole;

  Carriers(ProviderClient client) {
    this.plain = new PlainCarrier(client);
    this.translating = new TranslatingCarrier(client);
    this.whole = new WholeCarrier(client);
  }

  /** The way; empty: the provider cannot do what is asked. */
  Optional<Carrier> find(Operation operation, Deployment deployment) {
    if (operation.isNativeTo(deployment.provider().type())) {
      return Optional.of(plain);
    }
    return switch (operation) {
      case CHAT_COMPLETIONS, RESPONSES, MESSAGES -> Optional.of(translating);
      case EMBEDDINGS, RERANK, COUNT_TOKENS ->
          WholeCarrier.can(operation, deployment.provider().type())
              ? Optional.of(whole)
              : Optional.empty();
    };
  }
}
