package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one try at a deployment ended. */
sealed interface Outcome {
  /**
   * The client has its answer, or as much of it as there will be.
   *
   * @param usage what it took; null: the provider did not say
   * @param textBytes about how much of it came, for an estimate
   */
  record Answered(@Nullable Usage usage, long textBytes) implements Outcome {}

  /**
   * The client has nothing yet: another try may be made.
   *
   * @param retryAfter what the provider asks to wait; null: it does not say
   * @param ownFault whether the deployment, and not the request, is to blame
   */
  record Failed(ProviderError error, @Nullable Duration retryAfter, boolean ownFault)
      implements Outcome {}

  /** The client left. What it took is still owed. */
  record Left(@Nullable Usage usage, long textBytes) implements Outcome {}
}
